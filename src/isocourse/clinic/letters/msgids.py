"""Which of these files patients read; the other letters are for people of the trade."""

READ_BY_PATIENTS = (
    "engine.py",
    "leaflets.py",
    "pictures.py",
    "printing.py",
    "speaking.py",
    "writing.py",
)

"""Which of these files patients read; the outbox and the summary are for the team."""

READ_BY_PATIENTS = ("calendars.py", "templates/reminders/leave.html", "wording.py")

"""Administration: what a clinic has set, its name and address, and who changed what and when."""

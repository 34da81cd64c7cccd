"""The course page opened from inside an EHR (SMART App Launch): we are the app."""

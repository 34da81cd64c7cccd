"""Who may do what, who looked at whom, and the glass to break in an emergency."""

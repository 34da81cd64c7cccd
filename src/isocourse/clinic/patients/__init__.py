"""What the team does about the patient's page: invite, end, read what was sent, look at photos."""

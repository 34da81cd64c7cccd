"""What the drug does: kinetics, the four mechanisms, lesions, harms, relapse, people, trials."""

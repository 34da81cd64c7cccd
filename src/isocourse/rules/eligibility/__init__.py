"""Who should have the drug, and who must not."""

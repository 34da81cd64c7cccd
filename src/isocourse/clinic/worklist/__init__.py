"""The worklist: who needs what today."""

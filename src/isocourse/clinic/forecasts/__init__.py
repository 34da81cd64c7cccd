"""The forecast of a patient, the decision page, and what is commonly claimed."""

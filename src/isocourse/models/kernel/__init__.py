"""The compiled part of the drug model: a block of people, day by day, from capsule to lesions."""

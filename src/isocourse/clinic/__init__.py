"""The clinic: the web application in which a dermatology team runs its courses."""

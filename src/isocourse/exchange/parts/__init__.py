"""A registry in many files: each is a part, done whole or not at all, here or on a cluster."""

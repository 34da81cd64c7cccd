"""The events table: the entries of many courses, one row each, in Parquet."""

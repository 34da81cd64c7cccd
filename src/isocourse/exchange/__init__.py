"""Other people's formats: tables of a registry in Parquet."""

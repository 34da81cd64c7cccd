"""The clinic as other systems read it: a JSON API for applications with a token of their own."""

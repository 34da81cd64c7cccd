"""The pages of a Parquet file as dense columns: what is there, and where, without room for nulls.

Arrow lays a column out with a place for every row. An entry of a course fills a few of forty
columns, so that most of the time of reading went into places for nothing. Here the marks of what is
there stay bits, and only what is there is written. What these pages may hold is a part of what
Parquet allows; a column of any other form is left to Arrow, which gives the same.
"""

"""Many courses at once: the same facts and the same rules as for one, without one object for each.

`asking.ask` takes a piece of a registry's table and gives verdicts, bits and facts in columns.
"""

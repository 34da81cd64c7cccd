"""Many courses at once: the rows of a table as the records of the pass, in the same order.

What `facts.log`, `facts.order` and `facts.rows` do for the events of one course is done here on
columns, compiled, without one Python object for a row. A course that holds something rare, or
something that may be wrong, is left to the code for one course: `going.Left` says why.
"""

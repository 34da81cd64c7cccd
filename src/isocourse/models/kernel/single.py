"""Numbers in single precision: the compiler does twice as many people at once with them.

A literal in a compiled function is double and makes its whole expression double; these are not.
What single precision costs is bounded in the tests and told by `python -m benchmarks.model`.
"""

import numpy as np

F = np.float32
ZERO, QUARTER, HALF, ONE, FOUR = F(0), F(0.25), F(0.5), F(1), F(4)
IN_6, IN_12, IN_24, IN_120, IN_720, IN_5040 = (F(1 / n) for n in (6, 12, 24, 120, 720, 5040))
TINY, NEVER = F(1e-30), F(1e9)

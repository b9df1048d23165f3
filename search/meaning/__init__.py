"""Search by meaning: texts as vectors of a small model, offline.

A question and a passage that mean the same lie close together, whatever words they use
and whichever language they are in. The search by words stands without it: where no model
can be used, nothing else changes.
"""

import os

# One question is compared in one thread: more of them wait for each other longer than they
# work (measured: 6 ms with one, up to 270 ms with two). It counts when numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

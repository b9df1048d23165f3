"""Search by meaning: texts as vectors of a small model, offline.

A question and a passage that mean the same lie close together, whatever words they use
and whichever language they are in. The search by words stands without it: where no model
can be used, nothing else changes.
"""

"""Which methods fit a plan, and why.

``answers``, ``candidate``, ``rules`` and ``scoring`` know neither Django nor a language:
answers and methods in, findings out. ``asking`` reads the address, ``loading`` the
database, ``wording`` puts findings into words, ``views`` shows them.
"""

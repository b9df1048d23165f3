"""Judged questions to people: ``python -m tests.search.experts``."""

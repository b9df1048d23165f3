"""Links that are missing, what might fill them, and what editors decided."""

"""Golden queries: what people type, and what they should find (see README.md)."""

"""Keeping entries fresh: when they are due, who is reminded, and what one mail can do."""

"""Up to four methods side by side, with their differences in words."""

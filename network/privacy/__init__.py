"""Consent first: on what basis somebody is shown, and how they end it."""

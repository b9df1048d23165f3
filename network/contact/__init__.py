"""Messages from one to another, without showing anybody's address."""

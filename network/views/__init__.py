"""What the routes of the network answer, one file per kind of record."""

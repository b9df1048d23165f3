"""The Merkliste: pages that somebody noted, kept in the browser and in an address.

The server keeps nothing. It is told by an address what to show, and knows of each entry
only what everyone may see at that moment.
"""

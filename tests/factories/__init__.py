"""Things tests need, made the way the site makes them."""

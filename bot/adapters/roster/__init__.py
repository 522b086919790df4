"""Files of the roster as practices have them."""

"""Orders: what shops tell of purchases, by webhook or from a file, and the events that follow in live campaigns."""

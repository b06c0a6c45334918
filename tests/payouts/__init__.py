"""Commission paid out."""

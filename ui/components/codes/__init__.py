"""Codes and posters: channels, live codes, batches of item codes."""

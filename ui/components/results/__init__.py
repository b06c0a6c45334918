"""A campaign's numbers."""

"""Check-in: come back day after day."""

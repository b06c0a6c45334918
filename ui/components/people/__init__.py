"""Members and clerks."""

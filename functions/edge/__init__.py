"""The only door to Lambda: HTTP, identity, limits, problems, settings."""

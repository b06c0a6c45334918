"""The API's own description, and liveness."""

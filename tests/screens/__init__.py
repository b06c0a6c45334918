"""Pictures of every page: `python -m tests.screens` (make screenshots)."""

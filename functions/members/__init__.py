"""Sessions, consents, and what is stored about a member."""

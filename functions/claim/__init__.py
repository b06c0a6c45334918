"""Claim: one tap, and what the rules give for it."""

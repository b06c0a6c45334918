"""Shares: who brought whom."""

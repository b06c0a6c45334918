"""Badges: a sign for what a member has done."""

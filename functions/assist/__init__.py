"""Assist: friends help, and it is cheaper or open."""

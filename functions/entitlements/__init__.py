"""Entitlements: a right, such as the door of another campaign."""

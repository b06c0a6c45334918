"""Coupons: granted, redeemed once, reversed by name."""

"""Payments, refunds and reconciliation."""

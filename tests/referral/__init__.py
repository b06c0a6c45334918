"""Referral, played through the API."""

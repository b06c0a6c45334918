"""Payments: asked, paid, given back, by whichever provider; and what differs between all books."""

"""The list of campaigns, the gallery, and home."""

"""From the table's stream to a campaign's numbers."""

"""Group-buy: together it is cheaper."""

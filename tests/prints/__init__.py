"""Files for the printer, and large ones as jobs."""

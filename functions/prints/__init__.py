"""Files of a batch's codes for the printer: which kinds there are, and large ones as jobs."""

"""The numbers of design §10, one JSON object a line: `make bench`."""

"""Labels for the printer: a code and a line for people on each, on sheets of A4 or a roll. Pure (docs/codes.md)."""

"""A mechanic for tests: the sum of what a member bought."""

"""Commission: what promoters are owed, and the lists by which it is paid out."""

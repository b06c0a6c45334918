"""Points: a ledger and its balance."""

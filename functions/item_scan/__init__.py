"""Item scan: every item carries a code of its own, and who scans it first may take what it earns."""

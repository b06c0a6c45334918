"""The rules of the lint, one a file: `ID` and `check(reading)`."""

"""Pure rules: standard library and pydantic only. No clock, no random, no network."""

"""The generated form: a pydantic model becomes fields, each change is written at once."""

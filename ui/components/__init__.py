"""What the pages are made of: the generated form, the rule editor, lint, publishing."""

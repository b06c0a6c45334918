"""The local cloud: MiniStack runs the template, Dynoxide keeps the table, a front door gives them one address."""

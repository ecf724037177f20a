"""One module per resource: its handlers and the types of its answers."""

"""One module a question; each takes a connection and choices, and returns rows."""

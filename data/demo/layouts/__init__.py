"""The sheets of the demonstration office, one module a family of layouts."""

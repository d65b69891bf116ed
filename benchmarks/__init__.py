"""How fast and how large, beside other tools in the same run."""

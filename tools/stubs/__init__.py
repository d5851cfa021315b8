"""How make_stubs.py writes the stub files: the tables of types, and the writer."""

"""Reading a classical location problem: a YAML file that names tables, or a file of OR-Library."""

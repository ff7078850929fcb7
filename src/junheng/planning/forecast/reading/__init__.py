"""Reading a forecast problem: YAML, tables and the county's input become one frozen problem."""

"""Reading a siting problem: settings in YAML, tables in Chinese, all faults told at once."""

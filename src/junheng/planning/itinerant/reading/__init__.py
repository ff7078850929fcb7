"""Reading an itinerant problem: settings in YAML, tables with Chinese headings, all faults at once."""

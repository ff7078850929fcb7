"""Reading zones: settings, tables, shapes, ways – whatever is wrong told at once with its place."""

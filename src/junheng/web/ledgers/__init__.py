"""Standing ledgers of schools: records with terms, hazards until closed, children not at school."""

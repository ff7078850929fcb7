"""What was done, by whom, when: one append-only table whose rows hold each other by their hashes."""

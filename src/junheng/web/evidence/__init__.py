"""Evidence: files that stand behind a figure or a statement,
taken by what they are and kept by their hash."""

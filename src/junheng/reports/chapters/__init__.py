"""The chapters of the self-evaluation report: facts in, blocks out, no Word, no judging."""

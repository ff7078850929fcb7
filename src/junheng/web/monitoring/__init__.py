"""Monitoring and rectification: alerts of the library's rules, the ledger of gaps, and their papers."""

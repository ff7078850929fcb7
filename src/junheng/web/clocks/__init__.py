"""Deadlines of returns, who has not reported, and what each person is reminded of."""

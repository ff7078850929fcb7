"""Filing and review: a year's return of each school,
from the officer's opening to the frozen snapshot."""

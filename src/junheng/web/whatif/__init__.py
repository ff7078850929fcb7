"""假设测算: a county's year changed on trial, judged at once by the library, kept as scenarios,
handed to the planner."""

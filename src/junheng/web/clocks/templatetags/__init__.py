"""Tags of the clocks."""

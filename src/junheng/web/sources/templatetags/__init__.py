"""Tags of sources."""

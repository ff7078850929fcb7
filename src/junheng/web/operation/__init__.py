"""Operation: backup and restore, upgrades, logs, health. It keeps no table of its own."""

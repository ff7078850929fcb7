"""What everybody may read – zones, draws, notices, open data – and the desk that publishes it."""

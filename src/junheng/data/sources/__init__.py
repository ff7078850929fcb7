"""Several sources that speak of the same figures: what each says, and where they do not agree."""

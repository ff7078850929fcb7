"""Organisations and people from Excel: looked at first, then written all or not at all."""

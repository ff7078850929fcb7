"""Organisations from the nation to the campus, and the people who hold posts in them."""

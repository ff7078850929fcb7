"""Commands of the site for the terminal."""

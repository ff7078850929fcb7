"""The recognition survey held on the site: plan, codes, anonymous answers, count."""

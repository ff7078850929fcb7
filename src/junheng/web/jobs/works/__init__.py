"""The library's other commands as works of the site: class sizes, money, surveys, scores, ledgers, reports checked."""

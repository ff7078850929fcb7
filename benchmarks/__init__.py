"""Speed and size beside the named peers, each in its own process: ``make bench``, never part of the tests."""

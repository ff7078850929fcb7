"""Fills a site for a measurement, in a process of its own: ``python -m benchmarks.web_seed county 300``."""

import importlib
import json
import os
import sys

import django


def main(what: str, size: int) -> None:
    """Do ``what`` of ``benchmarks.web_filled`` and print what it tells, in one line of JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.settings")
    django.setup()
    filled = importlib.import_module("benchmarks.web_filled")  # its models need the settings first
    print(json.dumps(getattr(filled, what)(size)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

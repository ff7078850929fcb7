"""Django's own commands, with the site's settings: ``python -m junheng.web migrate``."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command of the process's arguments."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.settings")
    execute_from_command_line(["junheng.web", *sys.argv[1:]])


if __name__ == "__main__":
    main()

"""``junheng enrolment``: match the lists of children, keep the ledgers, count special groups."""

from junheng.cli.enrolment.command import app

__all__ = ["app"]

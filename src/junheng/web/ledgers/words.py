"""Words of the children's ledger for other pages."""

from collections.abc import Mapping

from django.utils.timezone import localdate

from junheng.basics import Text
from junheng.web.ledgers.child_acts import rules_on


def child_states() -> Mapping[str, Text]:
    """The library's states of an entry."""
    return {key: one.text for key, one in rules_on(localdate()).states.names.items()}

"""The words of the states that checks use are those of the library."""

from junheng.planning.merge.telling import state_names
from junheng.planning.merge.telling_words import STATES


def test_the_words_are_the_librarys_in_its_order() -> None:
    assert list(STATES.items()) == list(state_names().items())

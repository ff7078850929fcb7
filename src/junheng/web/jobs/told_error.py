"""A user's error by its finished lines, as another process told them."""

from collections.abc import Sequence

from junheng.basics import Text, UserError


class ToldError(UserError):
    """Its lines are already labelled."""

    def __init__(self, told: Sequence[Text]) -> None:
        super().__init__(told[0])
        self.told = list(told)

    def lines(self) -> list[Text]:
        """As they were told."""
        return self.told

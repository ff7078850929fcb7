"""Several reasons to refuse an input told together, to be mended in one go."""

from collections.abc import Iterator
from contextlib import contextmanager

from junheng.basics import Text, UserError

SHOWN = 30  # reasons; who has more will run the check again anyway


class Refusals:
    """Gathers the errors of independent steps. ``settle`` raises them all as one, or does nothing."""

    def __init__(self) -> None:
        self._found: list[UserError] = []

    @contextmanager
    def gather(self) -> Iterator[None]:
        """Keeps a UserError raised inside, and goes on after the block."""
        try:
            yield
        except UserError as error:
            self._found += error.reasons if isinstance(error, ManyReasonsError) else [error]

    def settle(self) -> None:
        """Raises the one error as it is, or several as one that lists each with its place and remedy."""
        if len(self._found) == 1:
            raise self._found[0]
        if self._found:
            raise together(self._found)


class ManyReasonsError(UserError):
    """One error that lists several; ``reasons`` are these."""

    reasons: tuple[UserError, ...] = ()


def together(errors: list[UserError]) -> ManyReasonsError:
    """One error that lists ``errors``; the first thirty in full, the rest counted."""
    told = errors[:SHOWN]
    zh = "".join(f"\n  {i}. {_zh(error)}" for i, error in enumerate(told, 1))
    en = "".join(f"\n  {i}. {_en(error)}" for i, error in enumerate(told, 1))
    more = len(errors) - len(told)
    rest = Text(f"\n  …另 {more} 处", f"\n  … {more} more") if more else Text("", "")
    found = ManyReasonsError(
        Text(
            f"有 {len(errors)} 处使数据无法读取：{zh}{rest.zh}",
            f"{len(errors)} things keep the input from being read:{en}{rest.en}",
        ),
        where="; ".join(dict.fromkeys(error.where for error in told if error.where)),
        fix=Text("请逐条改正后再运行", "mend each of them and run again"),
    )
    found.reasons = tuple(errors)
    return found


def _zh(error: UserError) -> str:
    return "；".join(part for part in (error.what.zh, error.where, error.fix.zh if error.fix else "") if part)


def _en(error: UserError) -> str:
    return "; ".join(part for part in (error.what.en, error.where, error.fix.en if error.fix else "") if part)

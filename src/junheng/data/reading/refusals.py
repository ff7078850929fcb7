"""Several reasons to refuse an input told together, to be mended in one go."""

from collections.abc import Iterator
from contextlib import contextmanager

from junheng.basics import Text, UserError

SHOWN = 30  # reasons; who has more will run the check again anyway
PLACES = 30  # of one reason


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
    """One error that lists ``errors``, those that say the same in one line; the first thirty, the rest counted."""
    groups: dict[tuple[Text, Text | None], list[UserError]] = {}
    for error in errors:
        groups.setdefault((error.what, error.fix), []).append(error)
    shown = list(groups.values())[:SHOWN]
    told = [error for group in shown for error in group]
    zh = "".join(f"\n  {i}. {_zh(group)}" for i, group in enumerate(shown, 1))
    en = "".join(f"\n  {i}. {_en(group)}" for i, group in enumerate(shown, 1))
    more = len(errors) - len(told)
    rest = Text(f"\n  …另 {more} 处", f"\n  … {more} more") if more else Text("", "")
    found = ManyReasonsError(
        Text(
            f"有 {len(errors)} 处使数据无法读取：{zh}{rest.zh}",
            f"{len(errors)} things keep the input from being read:{en}{rest.en}",
        ),
        where=_places(told, "; ").en,
        fix=Text("请逐条改正后再运行", "mend each of them and run again"),
    )
    found.reasons = tuple(errors)
    return found


def _zh(group: list[UserError]) -> str:
    what, fix = group[0].what, group[0].fix
    return "；".join(part for part in (what.zh, _places(group, "、").zh, fix.zh if fix else "") if part)


def _en(group: list[UserError]) -> str:
    what, fix = group[0].what, group[0].fix
    return "; ".join(part for part in (what.en, _places(group, ", ").en, fix.en if fix else "") if part)


def _places(errors: list[UserError], between: str) -> Text:
    """The places of ``errors``, each once; of very many the first and their number."""
    places = list(dict.fromkeys(error.where for error in errors if error.where))
    told, more = between.join(places[:PLACES]), len(places) - PLACES
    return Text(f"{told}…另 {more} 处", f"{told} … {more} more") if more > 0 else Text(told, told)

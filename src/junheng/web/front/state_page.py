"""A table of states as a page of the manual: the diagram and the ways, in Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StatePage:
    """What is told. ``module`` writes ``path``; ``begins``: the act that makes one; ``ways``: transitions with
    ``act``, ``before``, ``after``, and (who, when) beside each; ``notes`` stand at the end.
    """

    title: str
    module: str
    path: str
    states: type[Any]
    begins: tuple[Any, str]
    ends: Any
    ways: Sequence[tuple[Any, str, str]]
    notes: Iterable[str]

    def text(self) -> str:
        """The whole page."""
        return "\n".join([*self._head(), *self._diagram(), *self._table(), *self.notes]) + "\n"

    def _head(self) -> Iterator[str]:
        source = f"{self.module.replace('.', '/')}.py"
        yield f"# {self.title}"
        yield ""
        yield f"由 `{source}` 生成：`python -m {self.module} > {self.path}`。"
        yield "*Made from that table; a test compares them.*"
        yield ""

    def _diagram(self) -> Iterator[str]:
        first, act = self.begins
        yield "```mermaid"
        yield "stateDiagram-v2"
        for state in self.states:
            yield f"    {state.value}: {state.label}"
        yield f"    [*] --> {first.value}: {act}"
        for one, _, _ in self.ways:
            yield f"    {one.before.value} --> {one.after.value}: {one.act.label} {one.act.value}"
        yield f"    {self.ends.value} --> [*]"
        yield "```"
        yield ""

    def _table(self) -> Iterator[str]:
        yield "| 从 from | 动作 act | 到 to | 谁 who | 条件 when |"
        yield "|---|---|---|---|---|"
        for one, who, when in self.ways:
            act = f"{one.act.label} {one.act.value}"
            yield f"| {one.before.label} | {act} | {one.after.label} | {who} | {when or '—'} |"
        yield ""

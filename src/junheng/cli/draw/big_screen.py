"""Big type for the hall: a step's name in a wide panel, fingerprints in groups read from the back."""

from collections.abc import Sequence

import typer

from junheng.basics import Text
from junheng.cli.draw.show import spoken

_FINGERPRINT = 64
_GROUPS_A_LINE = 4
_TITLES = {
    "empty": "封存",
    "frozen": "承诺",
    "declared": "公开",
    "revealed": "信标",
    "observed": "种子",
    "seeded": "抽签",
    "decided": "公布",
}


def show_big(title: Text, lines: Sequence[str]) -> None:
    """A panel over the whole width. Chinese characters are set apart: terminals have one size of type."""
    from rich.align import Align
    from rich.console import Console, Group
    from rich.panel import Panel
    from rich.text import Text as Styled

    body = [Align.center(Styled(" ".join(title.zh.replace(" ", "　")), style="bold bright_white"))]
    body.append(Align.center(Styled(title.en, style="italic")))
    for line in lines:
        body.append(Align.center(Styled("")))
        body += [Align.center(Styled(part, style="bold bright_yellow")) for part in _parts(line)]
    Console().print(Panel(Group(*body), padding=(2, 4), border_style="bright_blue"))


def _parts(line: str) -> list[str]:
    """A fingerprint over two lines of four groups; anything else as it is."""
    if len(line) != _FINGERPRINT or set(line) - set("0123456789abcdef"):
        return [line]
    groups = spoken(line).split(" ")
    return [
        "   ".join(groups[place : place + _GROUPS_A_LINE]) for place in range(0, len(groups), _GROUPS_A_LINE)
    ]


def show_progress(states: Sequence[str], now: str) -> None:
    """One line: what is done, where the ceremony stands, what is to come."""
    from rich.console import Console

    place = states.index(now)
    shown = [
        f"[green]✓ {_TITLES[state]}[/green]" if index < place
        else f"[bold yellow]▶ {_TITLES[state]}[/bold yellow]" if index == place
        else f"[dim]{_TITLES[state]}[/dim]"
        for index, state in enumerate(states)
    ]  # fmt: skip
    Console().print("  ".join(shown), justify="center")


def pause() -> None:
    """Wait until the hall has read it."""
    typer.prompt("请宣读后按回车 | press Enter when read", default="", show_default=False)


def show_choice(question: Text) -> bool:
    """Ask yes or no."""
    return bool(typer.confirm(f"{question.zh} | {question.en}", default=True))

"""The library of indicators: YAML files, ours and a county's own."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from junheng.basics import STAGES, Stage, Text, UserError
from junheng.indicators.expression import parse_expression
from junheng.indicators.indicator import Indicator

LIBRARY = Path(__file__).parent / "library"


def load_catalogue(extra: Sequence[Path] = ()) -> Mapping[str, Indicator]:
    """All indicators by id: the library's, then those of the ``extra`` files, in order.

    Raises UserError, naming file and indicator, for a file that cannot be read, an unknown key, an id that is
    taken, and an expression outside the language.
    """
    found = dict(_library())
    for path in extra:
        for indicator in _read(path):
            _add(found, indicator, path)
    return found


@cache
def _library() -> Mapping[str, Indicator]:
    found: dict[str, Indicator] = {}
    for path in sorted(LIBRARY.glob("*.yaml")):
        for indicator in _read(path):
            _add(found, indicator, path)
    return found


def _add(found: dict[str, Indicator], indicator: Indicator, path: Path) -> None:
    if indicator.id in found:
        raise UserError(
            Text(f"指标编号重复：{indicator.id}", f"Indicator id used twice: {indicator.id}"),
            where=str(path),
            fix=Text("请换一个编号", "choose another id"),
        )
    found[indicator.id] = indicator


def _read(path: Path) -> list[Indicator]:
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _unreadable(path, " ".join(str(error).split())) from error
    if not isinstance(content, list):
        raise _unreadable(path, "应为指标的列表 / should be a list of indicators")
    return [_indicator(entry, path) for entry in content]


def _indicator(entry: object, path: Path) -> Indicator:
    name = entry.get("id", "?") if isinstance(entry, dict) else "?"
    where = f"{path.name}: {name}"
    if not isinstance(entry, dict):
        raise _unreadable(path, "每一项应为键值 / each entry should be keys and values")
    spread = {key: _every_stage(value) if key in _EXPRESSIONS else value for key, value in entry.items()}
    try:
        indicator = Indicator.model_validate(spread)
    except ValidationError as error:
        detail = "; ".join(f"{'.'.join(map(str, part['loc']))}: {part['msg']}" for part in error.errors())
        raise _unreadable(path, f"{name}: {detail}") from error
    for part, texts in (("numerator", indicator.numerator), ("denominator", indicator.denominator)):
        for stage, text in texts.items():
            parse_expression(text, where=f"{where}.{part}.{stage}")
    return indicator


_EXPRESSIONS = ("numerator", "denominator")


def _every_stage(value: object) -> object:
    """One expression written once holds for every stage."""
    stages: tuple[Stage, ...] = STAGES
    return dict.fromkeys(stages, str(value)) if isinstance(value, (str, int, float)) else value


def _unreadable(path: Path, detail: str) -> UserError:
    return UserError(
        Text(f"指标文件有误：{detail}", f"An indicator file is wrong: {detail}"),
        where=str(path),
        why=Text("其中的指标都不能使用", "none of its indicators can be used"),
        fix=Text("写法见 docs/recipes/add_an_indicator.md", "see docs/recipes/add_an_indicator.md"),
    )

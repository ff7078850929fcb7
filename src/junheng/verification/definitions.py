"""The definitions of indicators and checks, read as data: YAML files, none of the code that uses them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import STAGES, Text, UserError
from junheng.standards import Standard
from junheng.verification.facts import Extra, Formula
from junheng.verification.parse import parse
from junheng.verification.syntax import Node

PACKAGE = Path(__file__).parent.parent
INDICATORS = PACKAGE / "indicators" / "library"
ITEM_FACTS = PACKAGE / "indicators" / "items" / "library"
CHECKS = PACKAGE / "data" / "checks" / "library"
REGISTERS = PACKAGE / "data" / "registers.yaml"


@cache
def read_yaml(path: Path) -> Any:
    """The content of a definition file, read once; not to be changed. Raises UserError naming the file."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise UserError(
            Text("定义文件无法读取", "A definition file cannot be read"), where=f"{path.name}: {error}"
        ) from error


def entries(folder: Path, extra: Sequence[Path] = ()) -> list[Mapping[str, Any]]:
    """All entries of the YAML lists in ``folder``, then of the ``extra`` files.

    Raises UserError where the folder has none: without its rules nothing could be called verified.
    """
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise UserError(
            Text("找不到定义文件", "The definition files are not there"),
            where=str(folder),
            fix=Text("请重新安装本软件", "install the software again"),
        )
    return [entry for path in [*files, *extra] for entry in read_yaml(path)]


def formulas(standard: Standard, extra: Sequence[Path] = ()) -> dict[str, Formula]:
    """The indicators of ``standard`` under its keys. Raises UserError for one that is defined nowhere."""
    defined = {entry["id"]: entry for entry in entries(INDICATORS, extra)}
    found = {}
    for rule in standard.indicators:
        if rule.indicator not in defined:
            raise UserError(
                Text(f"指标没有定义：{rule.indicator}", f"An indicator is not defined: {rule.indicator}")
            )
        found[rule.id] = _formula(rule.id, defined[rule.indicator], standard)
    return found


def _formula(key: str, entry: Mapping[str, Any], standard: Standard) -> Formula:
    unit = entry["quantity_unit"]
    return Formula(
        key=key,
        scale=Fraction(str(entry.get("scale", 1))),
        whole=bool(entry["whole"]),
        unit=Text(unit["zh"], unit["en"]),
        numerator=_by_stage(entry["numerator"]),
        denominator=_by_stage(entry["denominator"]),
        extras=tuple(
            Extra(relaxation.id, parse(relaxation.when), parse(relaxation.add))
            for relaxation in standard.relaxations
            if relaxation.indicator == key
        ),
        shared=frozenset(standard.split.columns),
    )


def _by_stage(written: Any) -> dict[str, Node]:
    """Expressions by stage; one written once holds for every stage."""
    if isinstance(written, Mapping):
        return {str(stage): parse(str(text)) for stage, text in written.items()}
    return {str(stage): parse(str(written)) for stage in STAGES}

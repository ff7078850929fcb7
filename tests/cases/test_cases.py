"""Runs the worked cases of ``tests/cases/<room>/*.yaml``: rows in, verdicts out. README.md tells the form."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml

from junheng.data import load_dictionary
from junheng.indicators import evaluate, load_catalogue
from junheng.judgement import judge, measures_of, parameters_of
from junheng.judgement.compare import holds
from junheng.judgement.rounding import decimals_that_flip
from junheng.judgement.variation import composite_verdict
from junheng.standards import Standard, resolve

Case = Mapping[str, Any]
FOLDER = Path(__file__).parent
YEAR, COUNTY = 2024, "150102"
SCHOOL = {"county_code": COUNTY, "run_by": "county", "ownership": "public", "is_counted": True}
_ARROW = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
KINDS = {"rows", "coefficients", "lines"}


def _cases() -> list[Any]:
    files = sorted(FOLDER.glob("judgement/*.yaml"))
    loaded = [(path.stem, case) for path in files for case in yaml.safe_load(path.read_text("utf-8"))]
    return [pytest.param(case, id=f"{topic}-{case['id']}") for topic, case in loaded]


def _standard(case: Case) -> Standard:
    on = case["date"]
    found = resolve(
        case["standard"],
        on=on if isinstance(on, date) else date.fromisoformat(on),
        region=case.get("region", ""),
    )
    return found if "limits" not in case else _with_limits(found, case["limits"])


def _with_limits(standard: Standard, limits: Mapping[str, Any]) -> Standard:
    """The standard with some limits of items set as a province might: item → limit → value."""
    items = tuple(
        item.model_copy(
            update={
                "limits": {
                    key: limit.model_copy(update={"value": limits.get(item.id, {}).get(key, limit.value)})
                    for key, limit in item.limits.items()
                }
            }
        )
        for item in standard.items
    )
    return standard.model_copy(update={"items": items})


@pytest.mark.parametrize("case", _cases())
def test_case(case: Case) -> None:
    assert KINDS & set(case), "a case needs rows, coefficients or lines"
    if "rows" in case:
        _check_rows(case)
    if "coefficients" in case:
        _check_coefficients(case)
    if "lines" in case:
        _check_lines(case)


def _check_rows(case: Case) -> None:
    standard = _standard(case)
    tables = {name: _table(name, rows) for name, rows in case["rows"].items()}
    evaluation = evaluate(tables, measures_of(standard, load_catalogue()), parameters_of(standard))
    found = judge(evaluation, standard, year=YEAR)[0].as_json()
    found["schools"] = {f"{s['school_id']} {s['stage']}": s for s in found["schools"]}  # type: ignore[attr-defined]  # a list of objects
    _compare(case["expect"], found, case.get("within", 5e-7), "expect")


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    specs = load_dictionary().tables[name].columns
    unknown = {column for row in rows for column in row} - set(specs)
    assert not unknown, f"{name}: no such column {unknown}"
    full = [{"year": YEAR, **(SCHOOL if name == "school" else {}), **row} for row in rows]
    names = [column for column in specs if any(column in row for row in full)]
    types = {
        column: pa.int32() if column == "year" else _ARROW.get(specs[column].type, pa.string())
        for column in names
    }
    return pa.table({column: pa.array([row.get(column) for row in full], types[column]) for column in names})


def _compare(expected: Any, found: Any, within: float, where: str) -> None:
    if isinstance(expected, Mapping):
        assert isinstance(found, Mapping), where
        for key, value in expected.items():
            assert key in found, f"{where}: no {key}"
            _compare(value, found[key], within, f"{where}.{key}")
    elif isinstance(expected, list):
        assert len(expected) == len(found), f"{where}: {found}"
        for place, (value, one) in enumerate(zip(expected, found, strict=True)):
            _compare(value, one, within, f"{where}[{place}]")
    elif isinstance(expected, int | float) and not isinstance(expected, bool):
        assert found is not None, f"{where}: expected {expected}, found nothing"
        assert abs(found - expected) <= within, f"{where}: expected {expected}, found {found}"
    else:
        assert found == expected, f"{where}: expected {expected!r}, found {found!r}"


def _check_coefficients(case: Case) -> None:
    """Published figures: what the comparison makes of them, without school data."""
    standard, given, within = _standard(case), case["coefficients"], case.get("within", 5e-7)
    stage = given["stage"]
    with localcontext() as context:
        context.prec = 40
        if "cvs" in given:
            values = [Decimal(text) for text in given["cvs"]]
        else:
            values = [
                Decimal(sd) / Decimal(mean) for mean, sd in zip(given["mean"], given["sd"], strict=True)
            ]
            _check_limits(standard, stage, given, values, within)
        mean = sum(values, Decimal(0)) / len(values)
    assert abs(float(mean) - given["composite"]) <= within
    if "composite_verdict" in given:
        squares = [Fraction(value) ** 2 for value in values]
        verdict = composite_verdict(squares, standard.variation, standard.variation.composite_limits[stage])
        assert verdict == given["composite_verdict"]


def _check_limits(standard: Standard, stage: Any, given: Case, values: list[Decimal], within: float) -> None:
    columns = zip(standard.indicators, values, given["cv"], given["verdict"], given["flips_at"], strict=True)
    for rule, value, cv, verdict, flips in columns:
        limit, word = rule.cv_limits[stage], standard.variation.comparison
        assert abs(float(value) - cv) <= within, rule.id
        assert ("met" if holds(word, Fraction(value), limit) else "not_met") == verdict, rule.id
        assert decimals_that_flip(word, Fraction(value), limit) == flips, rule.id


def _check_lines(case: Case) -> None:
    standard = _standard(case)
    for stage, lines in case["lines"].items():
        for rule in standard.indicators:
            assert rule.thresholds[stage] == Decimal(lines["threshold"][rule.id])
            assert rule.floor(stage) == Decimal(lines["floor"][rule.id])
            assert rule.cv_limits[stage] == Decimal(lines["cv_limit"][rule.id])

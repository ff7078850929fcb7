"""Reason codes and their words. A code is "kind:detail"; the words name the school, sheet and column."""

from functools import lru_cache

from junheng.basics import STAGE_NAMES, Text
from junheng.data import load_dictionary
from junheng.judgement.results import Reason

_PLAIN = {
    "no_pupils": Text("学生数为 0，不参与评价", "no pupils: not evaluated"),
    "no_value": Text("分母为 0，无法计算", "the denominator is zero"),
    "not_counted_row": Text(
        "不计校数的行，且未注明上级学校", "a row not counted as a school, without a parent"
    ),
    "private": Text("民办学校，按本标准不计入", "private: not counted by this standard"),
    "no_counted_schools": Text(
        "没有任何计入评价的学校", "no school of the county is counted by this standard"
    ),
    "mean_zero": Text(
        "平均值为 0，差异系数无定义", "the mean is zero, so the coefficient of variation is undefined"
    ),
    "nothing_tested": Text("本标准没有可检验的资源配置规则", "the standard has no resource rule to test"),
}


@lru_cache(maxsize=4096)  # many school-stages lack the same
def reason(code: str) -> Reason:
    """The words for a code that concerns one school-stage and indicator, or one stage's coefficient."""
    return Reason(code, _words(code))


def _words(code: str) -> Text:
    if code in _PLAIN:
        return _PLAIN[code]
    kind, _, detail = code.partition(":")
    writer = _WRITERS.get(kind)
    return writer(detail) if writer else Text(f"原因：{code}", f"reason: {code}")


def column_name(table_and_column: str) -> Text:
    """The dictionary's names of "premises.teaching_area_m2" ("@id": of a merged campus): sheet and heading."""
    place, _, campus = table_and_column.partition("@")
    if campus:
        own = column_name(place)
        return Text(f"并入的 {campus} 的{own.zh}", f"{own.en} of {campus}, merged")
    table, _, column = table_and_column.partition(".")
    spec = load_dictionary().tables.get(table)
    if spec is None or column not in spec.columns:
        return Text(table_and_column, table_and_column)
    heading = spec.columns[column].heading
    return Text(f"《{spec.sheet.zh}》的“{heading.zh}”", f"{spec.sheet.en}: {heading.en} ({table_and_column})")


def value_name(table: str, column: str, value: str) -> Text:
    """The dictionary's name of one value of a column ("city" → 市属), or the value itself."""
    names = load_dictionary().tables[table].columns[column].values
    return names.get(value, Text(value, value))


def _missing(detail: str) -> Text:
    names = [column_name(part) for part in detail.split(",")]
    return Text(
        f"缺数据：{'、'.join(name.zh for name in names)}", f"missing: {', '.join(name.en for name in names)}"
    )


def _split(detail: str) -> Text:
    why, _, what = detail.partition(":")
    stage = STAGE_NAMES.get(what, Text(what, what))
    if why == "pupils":
        return Text(
            f"缺{stage.zh}学生数，无法拆分共用资源",
            f"{stage.en} pupils missing: shared resources cannot be split",
        )
    if why == "row":
        return Text(
            f"缺{stage.zh}学段的行，无法拆分共用资源", f"no {stage.en} row: shared resources cannot be split"
        )
    kind = value_name("school", "kind", what)
    return Text(f"标准没有“{kind.zh}”的拆分权重", f"the standard has no split weights for kind {kind.en}")


def _teaching_point(detail: str) -> Text:
    limit = detail.lstrip("<")
    if not limit:
        return Text("教学点，按本标准不计入", "a teaching point: not counted by this standard")
    return Text(
        f"教学点学生数不足 {limit} 人，不计入",
        f"a teaching point with fewer than {limit} pupils: not counted",
    )


def _kind(detail: str) -> Text:
    name = value_name("school", "kind", detail)
    return Text(f"{name.zh}不计入本标准的评价", f"{name.en}: not counted by this standard")


def _run_by(detail: str) -> Text:
    name = value_name("school", "run_by", detail)
    return Text(f"非县属学校（{name.zh}），不计入", f"not run by the county ({name.en}): not counted")


def _stage(detail: str) -> Text:
    name = STAGE_NAMES.get(detail, Text(detail, detail))
    return Text(f"{name.zh}学段不在本标准范围", f"{name.en}: a stage outside this standard")


def _without_value(detail: str) -> Text:
    return Text(f"{detail} 个学段缺该指标的值", f"{detail} school-stages lack the value")


def _unknown_pupils(detail: str) -> Text:
    return Text(f"{detail} 个学段缺学生数", f"{detail} school-stages lack the number of pupils")


_WRITERS = {
    "missing": _missing,
    "split": _split,
    "teaching_point": _teaching_point,
    "kind": _kind,
    "run_by": _run_by,
    "stage": _stage,
    "without_value": _without_value,
    "unknown_pupils": _unknown_pupils,
}

"""``python examples/make_enrolment.py``: the made-up lists of examples/enrolment, the same bytes each time."""

import csv
from collections.abc import Sequence
from pathlib import Path

from junheng.enrolment import RATES, make_lists

FOLDER = Path(__file__).parent / "enrolment" / "名单"
_CHILDREN, _SEED, _ABSENT = 120, 2026, 0.05
_SEX = {"1": "男", "2": "女", "": ""}
_EVIDENCE = "3f" * 32
_TAUGHT_AT_HOME, _IN_CLASS, _ORPHAN = 40, 11, 7


def main(folder: Path = FOLDER) -> None:
    """Write one CSV file a list."""
    folder.mkdir(parents=True, exist_ok=True)
    made = make_lists(_CHILDREN, _SEED, {kind: rate * 2.5 for kind, rate in RATES.items()}, _ABSENT)
    left, register = made.left, [_pupil(made.right, i) for i in range(len(made.right))]
    household = [
        [left.names[i], left.numbers[i], _SEX[left.sexes[i]], left.births[i], left.guardians[i], "XX镇XX村", "孤儿" if i == _ORPHAN else ""]
        for i in range(len(left))
    ]  # fmt: skip
    _write(folder, "户籍", ["姓名", "证件号", "性别", "出生日期", "监护人", "住址", "重点群体"], household)
    heads = ["姓名", "证件号", "性别", "出生日期", "监护人", "学校标识码", "学段"]
    _write(folder, "学籍", [*heads, "随迁子女", "学位类型", "留守儿童", "残疾类型", "安置方式"], register)
    present = [row for i, row in enumerate(register) if i % 20 != 3 and i != _TAUGHT_AT_HOME]
    _write(
        folder,
        "在校",
        ["姓名", "证件号", "学校标识码", "出生日期", "性别"],
        [[r[0], r[1], r[5], r[3], r[2]] for r in present],
    )
    _write(
        folder, "帮扶", ["姓名", "证件号", "类别"], [[row[0], row[1], "脱贫户"] for row in register[3::10]]
    )
    settled = [*register[_TAUGHT_AT_HOME][:2], "送教上门", "2026-09-10", _EVIDENCE]
    _write(folder, "情况说明", ["姓名", "证件号", "理由", "日期", "佐证摘要"], [settled])
    cohort = ["XX中学", "300", "10", "20", "1", "285"]
    _write(folder, "毕业队列", ["学校", "三年前初一在校生", "转入", "转出", "死亡", "毕业生"], [cohort])


def _pupil(people: object, i: int) -> list[str]:
    """A row of the register; every fourth child a migrant, two disabled, left-behind codes in turn."""
    field = {
        name: getattr(people, name)[i]
        for name in ("names", "numbers", "sexes", "births", "guardians", "schools")
    }
    migrant = i % 4 == 0
    seat = "公办" if i % 8 else "政府购买民办学位"
    placement = {_IN_CLASS: ["听力", "随班就读"], _TAUGHT_AT_HOME: ["肢体", "送教上门"]}.get(i, ["", ""])
    stage = "小学" if field["births"] > "20140831" else "初中"
    return [
        field["names"], field["numbers"], _SEX[field["sexes"]], field["births"], field["guardians"],
        f"{field['schools'][:8]}{i % 3 + 1:02}", stage, "是" if migrant else "否", seat if migrant else "",
        str(i % 3 if i % 5 else 0), *placement,
    ]  # fmt: skip


def _write(folder: Path, name: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([heads, *rows])


if __name__ == "__main__":
    main()

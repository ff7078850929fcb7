"""Write ledger.xlsx: made-up projects whose totals are those of published documents."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).parent
Row = list[object]
TITLES = {  # what the made-up figures are drawn by → the batch as the sheets write it
    "0 号 学校建设": "公布材料一 学校建设",
    "2 号 过去五年": "公布材料二 过去五年",
    "2 号 规划": "公布材料二 规划",
    "3 号 学校建设": "公布材料三 学校建设",
}
LETTERS = {"0": "A", "2": "B", "3": "C"}


def draw(*name: object) -> int:
    """A whole number in [0, 1000) that depends on ``name`` alone (SHA-256)."""
    text = "ledger-example/" + "/".join(map(str, name))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") % 1000


def dealt(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` in proportion to ``weights``, whole, the rest to the last."""
    parts = [total * weight // sum(weights) for weight in weights]
    parts[-1] += total - sum(parts)
    return parts


def batch(
    name: str,
    kinds: Sequence[str],
    area: int | None,
    seats: int,
    wan: int | None,
    arrived: int | None,
    classes: int | None,
) -> list[Row]:
    """Projects that add up to the batch's totals; one in nine costs about twice what the others do."""
    count = len(kinds)
    sizes = [700 + draw(name, at, "size") for at in range(count)]
    prices = [
        size * (90 + draw(name, at, "price") % 21) * (2 if at % 9 == 4 else 1)
        for at, size in enumerate(sizes)
    ]
    columns = [
        dealt(area, [size * (92 + draw(name, at, "area") % 17) for at, size in enumerate(sizes)])
        if area
        else [""] * count,
        dealt(seats, sizes),
        dealt(wan, prices) if wan else [""] * count,
        dealt(arrived, prices) if arrived else [""] * count,
        dealt(classes, sizes) if classes else [""] * count,
    ]
    rows: list[Row] = []
    for at, (kind, m2, seat, money, came, room) in enumerate(zip(kinds, *columns, strict=True), 1):
        done = "" if name != "2 号 过去五年" else seat - (40 if at == 3 else 0)
        rows.append(
            [
                f"{LETTERS[name[0]]}-{at:02d}",
                TITLES[name],
                f"项目{at:02d}（虚构）",
                kind,
                m2,
                seat,
                done,
                room,
                money,
                came,
                "",
                "",
            ]
        )
    return rows


def projects() -> list[Row]:
    """The four batches: the first published text, the two of the second, the third."""
    past = ["新建"] * 9 + ["改扩建"] * 14
    plan = ["新建"] * 5 + ["改扩建"] * 16
    rows = batch("0 号 学校建设", ["新建"] * 28, 666_000, 20_000, 393_200, 182_100, None)
    rows += batch("2 号 过去五年", past, None, 39_940, 152_800, None, None)
    planned = batch("2 号 规划", plan, None, 25_000, 113_450, None, None)
    for at, row in enumerate(planned):
        row[0] = f"BP-{at + 1:02d}"
        row[10] = 2023 if at < 3 else 2025
        row[11] = 2023 if at == 0 else ""
    return rows + planned + batch("3 号 学校建设", ["新建"] * 30, None, 16_520, None, None, 369)


def funds(rows: Sequence[Row]) -> list[Row]:
    """Sources of the first three projects of the first text; the second's do not add up, the third's are not all filled in."""
    found: list[Row] = []
    for at, row in enumerate(rows[:3]):
        wan, came = int(str(row[8])), int(str(row[9]))
        found.append([row[0], "中央和省", wan // 2, came // 2])
        found.append(
            [row[0], "市", wan - wan // 2 - (100 if at == 1 else 0), "" if at == 2 else came - came // 2]
        )
    return found


def totals() -> list[Row]:
    """What the documents print."""
    return [
        [TITLES["0 号 学校建设"], "项目数", 28, "个", ""],
        [TITLES["0 号 学校建设"], "建筑面积", "66.6", "万平方米", ""],
        [TITLES["0 号 学校建设"], "总投资", "39.32", "亿元", ""],
        [TITLES["0 号 学校建设"], "到位资金", "18.21", "亿元", ""],
        [TITLES["0 号 学校建设"], "新增学位", 2, "万个", "是"],
        [TITLES["2 号 过去五年"], "新增学位", 39_940, "个", ""],
        [TITLES["2 号 过去五年"], "总投资", "15.28", "亿元", ""],
        [TITLES["2 号 规划"], "新增学位", 25_000, "个", ""],
        [TITLES["2 号 规划"], "总投资", "11.345", "亿元", ""],
        [TITLES["3 号 学校建设"], "项目数", 30, "个", ""],
        [TITLES["3 号 学校建设"], "班数", 369, "班", ""],
        [TITLES["3 号 学校建设"], "新增学位", 16_520, "个", ""],
    ]


def write(path: Path) -> None:
    """Write the workbook, with a fixed date so that two runs give the same bytes."""
    rows = projects()
    heading = ["项目编号", "批次", "项目名称", "类别", "建筑面积（平方米）", "新增学位", "已交付学位", "班数",
               "总投资（万元）", "到位资金（万元）", "计划交付年", "实际交付年"]  # fmt: skip
    sheets = {
        "项目": [heading, *rows],
        "资金": [["项目编号", "资金来源", "计划（万元）", "到位（万元）"], *funds(rows)],
        "合计": [["批次", "项目", "公布数", "单位", "约数"], *totals()],
    }
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": "逐项虚构 · single projects made up", "created": datetime(2024, 9, 1)})  # noqa: DTZ001 - a workbook's day has no zone
    for name, table in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(table):
            sheet.write_row(at, 0, row)
    book.close()


if __name__ == "__main__":
    write(FOLDER / "ledger.xlsx")

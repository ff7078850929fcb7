"""Write the made-up county of examples/funding/: return, payments, county money, archive of aid."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import xlsxwriter

from junheng.data import write_template

FOLDER = Path(__file__).parent / "funding"
COUNTY = "999903"  # an unassigned code: no real county
BUDGET_YEAR = 2024
_WRITTEN = {"strings_to_urls": False, "strings_to_formulas": False}

# id, name, kind, urban-rural class, ownership, heated m², and by stage: pupils, boarders, bilingual, inclusive, home-taught
SCHOOLS = (
    ("2199990001", "示例第一小学", "primary", "111", "public", 9200, {"primary": (1480, 0, 0, 5, 0)}),
    ("2199990002", "示例镇中心小学", "primary", "121", "public", 5100, {"primary": (620, 60, 0, 3, 1)}),
    ("2199990003", "示例甲村小学", "primary", "220", "public", 800, {"primary": (46, 0, 0, 0, 0)}),
    ("2199990004", "示例乙村教学点", "teaching_point", "220", "public", 260, {"primary": (12, 0, 0, 1, 0)}),
    (
        *("2199990005", "示例丙乡九年一贯制学校", "nine_year", "210", "public", 2600),
        {"primary": (38, 20, 0, 1, 0), "junior": (27, 18, 0, 0, 0)},
    ),
    ("3199990006", "示例第一中学", "junior", "111", "public", 11800, {"junior": (1260, 320, 0, 4, 0)}),
    (
        *("2199990007", "示例双语学校", "nine_year", "112", "public", 7400),
        {"primary": (400, 90, 400, 2, 0), "junior": (260, 110, 260, 0, 0)},
    ),
    (
        *("5199990008", "示例特殊教育学校", "special", "112", "public", 1500),
        {"primary": (30, 12, 0, 0, 6), "junior": (15, 6, 0, 0, 0)},
    ),
    ("2199990009", "示例民办小学", "primary", "112", "private", None, {"primary": (340, 0, 0, None, None)}),
)
# Budget and training money of 2024, in yuan.
MONEY = {
    "2199990001": (1100000, 60000),
    "2199990002": (490000, 24500),
    "2199990003": (72000, 3600),
    "2199990004": (82000, 4100),
    "2199990005": (105000, 4000),
    "3199990006": (1310000, 70000),
    "2199990007": (690000, 40000),
    "5199990008": (330000, 17000),
}
# School → instalments (due on, yuan) and sums received (on, yuan, kind).
PAYMENTS = {
    "2199990001": ([("2024-03-31", 500000), ("2024-09-30", 600000)], [("2024-03-31", 500000, "到账"), ("2024-10-08", 600000, "到账")]),
    "2199990002": ([("2024-03-31", 245000), ("2024-09-30", 245000)], [("2024-05-10", 245000, "到账"), ("2024-12-20", 200000, "到账")]),
    "2199990003": ([("2024-03-31", 72000)], [("2024-03-31", 72000, "到账")]),
    "2199990004": ([("2024-03-31", 82000)], [("2023-12-15", 82000, "预拨")]),
    "2199990005": ([("2024-03-31", 52500), ("2024-09-30", 52500)], [("2024-04-15", 105000, "到账")]),
    "3199990006": ([("2024-03-31", 655000), ("2024-09-30", 655000)], [("2024-03-31", 655000, "到账")]),
    "2199990007": ([("2024-03-31", 345000), ("2024-09-30", 345000)], [("2024-04-02", 345000, "到账"), ("2024-09-30", 345000, "到账")]),
    "5199990008": ([("2024-03-31", 330000)], [("2024-03-31", 330000, "到账")]),
}  # fmt: skip
# Year → the county's figures in the order of the sheet 财政.
COUNTY_MONEY = {
    2021: (820000000, 12100, 16800, 780000000, 2900000000, 12800, 98000, 940),
    2022: (851000000, 12600, 17100, 812000000, 2980000000, 13100, 101000, 960),
    2023: (893000000, 13200, 17900, 850000000, 3120000000, 13700, 104500, 1010),
    2024: (899000000, 13350, 17880, 861000000, 3200000000, 13900, 107000, 1020),
}
_COUNTY_HEADS = (
    "一般公共预算教育支出（元）",
    "小学生均一般公共预算教育支出（元）",
    "初中生均一般公共预算教育支出（元）",
    "财政教育拨款（元）",
    "财政经常性收入（元）",
    "生均教育费用（元）",
    "教师年平均工资（元）",
    "生均公用经费（元）",
)
_CATEGORIES = ("建档立卡", "城乡低保", "特困救助供养", "残疾", "其他困难")


def main(folder: Path = FOLDER) -> None:
    """Write county.xlsx, payments.xlsx and aid.xlsx; local.yaml is written by hand."""
    write_template(folder / "county.xlsx", tables=_tables())
    _book(folder / "payments.xlsx", {"拨付": _payments(), "财政": _county_money()})
    _book(folder / "aid.xlsx", {"资助档案": _archive(), "学生名册": _register(), "公开记录": _published()})


def _tables() -> dict[str, pa.Table]:
    schools, stages, premises = [], [], []
    for school_id, name, kind, place, ownership, heated, taught in SCHOOLS:
        base = {"year": BUDGET_YEAR - 1, "school_id": school_id}
        schools.append({**base, "name": name, "kind": kind, "ownership": ownership, "run_by": "county",
                        "county_code": COUNTY, "urban_rural_code": place})  # fmt: skip
        premises.append({**base, "heated_area_m2": heated})
        names = ("pupils", "boarders", "bilingual_pupils", "inclusive_pupils", "home_taught_pupils")
        stages += [
            {**base, "stage": stage, **dict(zip(names, counts, strict=True))}
            for stage, counts in taught.items()
        ]
    later = [{**row, "year": BUDGET_YEAR} for row in (*schools, *stages)]
    finance = [
        {"year": BUDGET_YEAR, "school_id": school_id, "operating_budget_yuan": budget, "training_spending_yuan": training}
        for school_id, (budget, training) in MONEY.items()
    ]  # fmt: skip
    return {
        "school": pa.Table.from_pylist(schools + later[: len(schools)]),
        "stage": pa.Table.from_pylist(stages + later[len(schools) :]),
        "premises": pa.Table.from_pylist(premises),
        "finance": pa.Table.from_pylist(finance),
        "county": pa.Table.from_pylist(
            [{"year": BUDGET_YEAR, "county_code": COUNTY, "county_name": "示例县（虚构）"}]
        ),
    }


def _payments() -> list[Sequence[object]]:
    rows: list[Sequence[object]] = [
        ("预算年度", "学校标识码", "学校名称", "种类", "金额（元）", "日期", "文号")
    ]
    names = {school[0]: school[1] for school in SCHOOLS}
    for school_id, (due, received) in PAYMENTS.items():
        listed = [("应拨", *one) for one in due] + [(kind, day, yuan) for day, yuan, kind in received]
        rows += [
            (BUDGET_YEAR, school_id, names[school_id], kind, yuan, day, f"示例财教〔2024〕{number}号")
            for number, (kind, day, yuan) in enumerate(listed, 1)
        ]
    return rows


def _county_money() -> list[Sequence[object]]:
    return [
        ("年度", "县级区划代码", *_COUNTY_HEADS),
        *((year, COUNTY, *figures) for year, figures in COUNTY_MONEY.items()),
    ]


def _archive() -> list[Sequence[object]]:
    """Forty pupils over two terms; the last rows are what the check is to find."""
    rows: list[Sequence[object]] = [
        ("学生代号", "学校标识码", "学段", "困难类别", "资助项目", "学期", "金额（元）", "发放日期")
    ]
    for number in range(1, 41):
        junior, boards = number % 3 == 0, number % 2 == 0
        school, stage = ("3199990006", "初中") if junior else ("2199990002", "小学")
        scheme = "寄宿生生活补助" if boards else "非寄宿生生活补助"
        category = _CATEGORIES[number % 4]
        for term, year, day in (
            ("2023秋", (1000, 1250), "2023-12-10"),
            ("2024春", (1250, 1500), "2024-05-20"),
        ):
            yuan = year[junior] / 2 * (1 if boards else 0.5)
            rows.append((f"P{number:05}", school, stage, category, scheme, term, yuan, day))
    rows += [
        ("P00002", "2199990002", "小学", "建档立卡", "非寄宿生生活补助", "2024春", 312.5, "2024-05-21"),  # two schemes
        ("P00041", "2199990002", "小学", "其他困难", "非寄宿生生活补助", "2024春", 312.5, "2024-05-20"),  # no claim
        ("P00042", "3199990006", "初中", "残疾", "寄宿生生活补助", "2024春", 625, "2024-05-20"),  # the old rate
        ("P99999", "2199990002", "小学", "城乡低保", "非寄宿生生活补助", "2024春", 312.5, "2024-05-20"),  # not enrolled
        *((f"D{number:05}", None, "大学", "建档立卡", "生源地信用助学贷款", "2023秋", 8000, "2023-11-30") for number in range(1, 8)),
    ]  # fmt: skip
    return rows


def _register() -> list[Sequence[object]]:
    listed = [(f"P{number:05}", "是" if number % 2 == 0 else "否") for number in range(1, 43)]
    return [("学生代号", "是否寄宿"), *listed]


def _published() -> list[Sequence[object]]:
    return [
        ("种类", "标题", "公开日期", "公开地点"),
        ("政策", "学生资助政策告知书", "2023-09-05", "示例县教育局网站"),
        ("事项", "资助申请、认定、发放流程和举报电话", "2023-09-05", "示例县教育局网站、各校公示栏"),
    ]


def _book(path: Path, sheets: dict[str, list[Sequence[object]]]) -> None:
    book = xlsxwriter.Workbook(str(path), _WRITTEN)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()


if __name__ == "__main__":
    main()

"""Write the made-up new pupils of XX区, newcomers and an approved move into examples/classes/."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import xlsxwriter

from junheng.admissions import make_city
from junheng.class_formation import write_intake_template
from junheng.draws import Entrant

FOLDER = Path(__file__).parent / "classes"
SCALE = 0.03  # of a city of 49,425 new pupils: three schools
GRADE = "七年级"
SCHOOLS = {"S001": "XX区第一中学", "S002": "XX区第三中学", "S003": "XX区A镇中学"}
SUBJECTS = {"yw": "语文", "sx": "数学", "yy": "英语"}
FEEDERS = dict(
    zip("123456", ("第一小学", "第二小学", "实验小学", "东街小学", "A镇小学", "B镇小学"), strict=True)
)
_ABSENT, _MIGRANT, _APART = 97, 9, 120  # one child in so many
NEWCOMERS = 3


def main(folder: Path = FOLDER) -> None:
    """Write intake.xlsx, newcomers.xlsx and moves.xlsx; rules.yaml and plan.yaml are written by hand."""
    children = list(_rows(make_city(SCALE).intake))
    here, late = children[:-NEWCOMERS], children[-NEWCOMERS:]
    write_intake_template(folder / "intake.xlsx", rows=here)
    write_intake_template(folder / "newcomers.xlsx", rows=[{**row, "双胞胎": ""} for row in late])
    _write_moves(folder / "moves.xlsx", here[40])


def _rows(entrants: Iterable[Entrant]) -> Iterator[dict[str, str]]:
    """Each child as a row of the roll, heading by heading."""
    for number, entrant in enumerate(entrants):
        row = entrant.row
        found = {
            "学校": SCHOOLS[row["school"]],
            "年级": GRADE,
            "姓名": entrant.identity["name"],
            "证件号码": entrant.identity["id_number"],
            "性别": "男" if row["sex"] == 1 else "女",
            "毕业学校": f"XX区{FEEDERS[row['feeder'][-1]]}",
            "特殊需要": "是" if row["special"] else "",
            "随迁子女": "是" if number % _MIGRANT == 0 else "否",
            "双胞胎": entrant.family,
            "回避": str(number // 2) if number > 200 and number // 2 % _APART == 0 else "",
        }
        is_absent = number % _ABSENT == _ABSENT - 1
        marks = {SUBJECTS[name]: f"{value / 2:g}" for name, value in row["marks"].items()}
        yield found | (dict.fromkeys(marks, "缺考") if is_absent else marks)


def _write_moves(path: Path, child: dict[str, str]) -> None:
    """An approved exception, as a school would type it; into a class that is probably another one."""
    heads = ("证件号码", "调入班级", "理由", "申请人", "批准人", "批准文号")
    cells = (
        child["证件号码"],
        "2",
        "听力障碍，需在无楼梯的教室",
        "XX区第一中学",
        "XX区教育局基教科",
        "XX教基〔2027〕00号（虚构）",
    )
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    sheet = book.add_worksheet("调班")
    sheet.set_column(0, len(heads) - 1, 24)
    sheet.write_row(0, 0, heads)
    sheet.write_row(1, 0, cells)
    book.close()


if __name__ == "__main__":
    main()

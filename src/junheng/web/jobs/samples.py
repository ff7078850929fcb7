"""What people download before they upload: empty templates, and made-up samples that run as they are."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text

_YEAR = 2024  # the made-up district's last
_FIXED = (1980, 1, 1, 0, 0, 0)  # the same sample has the same bytes
_INPUT = "data.xlsx"
_README = Text(
    "XX区的投入规划样例，数据和单价全部虚构：原样上传即可求解。换成本县的数据、单价和年份就是本县的问题。",
    "A sample investment plan of XX district, data and costs all made up: upload it as it is. Put in your own county's "
    "data, costs and years.",
)


def _template_book(folder: Path) -> None:
    from junheng.data import write_template

    write_template(folder / _INPUT)


def _sample_book(folder: Path) -> None:
    from junheng.data import make_district, write_template

    write_template(folder / _INPUT, tables=make_district(years=[_YEAR]))


def _problem_template(folder: Path) -> None:
    from junheng.planning.invest import write_problem_templates

    write_problem_templates(folder)


def _problem_sample(folder: Path) -> None:
    _problem_template(folder)
    _sample_book(folder)
    for name in ("forecast.xlsx", "limits.xlsx"):
        (folder / name).unlink()
    _fill_costs(folder / "costs.xlsx")
    problem = {
        "kind": "invest", "name": "XX区达标投入规划（虚构样例）", "input": _INPUT, "base_year": _YEAR,
        "standard": "quality-2017", "years": f"{_YEAR + 1}-{_YEAR + 4}", "target": _YEAR + 4, "forecast": "same",
        "costs": "costs.xlsx", "mode": "all_by",
    }  # fmt: skip
    text = f"# {_README.zh}\n# {_README.en}\n{yaml.safe_dump(problem, allow_unicode=True, sort_keys=False)}"
    (folder / "problem.yaml").write_text(text, encoding="utf-8")


def _fill_costs(path: Path) -> None:
    """The template's table with the made-up costs in it; rows without one are taken out."""
    from openpyxl import load_workbook

    told: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name("sample_costs.yaml").read_text(encoding="utf-8")
    )
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for at in range(sheet.max_row, 0, -1):
        measure = str(sheet.cell(at, 1).value)
        if ":" in measure and measure not in told["costs"]:
            sheet.delete_rows(at)
    for row in sheet.iter_rows():
        if costs := told["costs"].get(row[0].value):
            for cell, value in zip(row[3:7], costs, strict=True):
                cell.value = value
            row[7].value = told["source"]
    book.save(path)


SAMPLES: Mapping[str, Callable[[Path], None]] = {
    "template.xlsx": _template_book,
    "sample.xlsx": _sample_book,
    "problem-template.zip": _problem_template,
    "problem-sample.zip": _problem_sample,
}


@lru_cache(maxsize=len(SAMPLES))
def sample(name: str) -> bytes:
    """The bytes of one of ``SAMPLES``. Raises KeyError for what is none."""
    with tempfile.TemporaryDirectory(prefix="junheng-sample-") as place:
        folder = Path(place)
        SAMPLES[name](folder)
        return _zipped(folder) if name.endswith(".zip") else (folder / _INPUT).read_bytes()


def _zipped(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.iterdir()):
            packed.writestr(zipfile.ZipInfo(path.name, _FIXED), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()

"""What a work of the library is: its files, its choices, its samples. Needs no Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from junheng.basics import Text

BOOK = (".xlsx",)
YAML = (".yaml", ".yml")
DATA_SAMPLES = {
    "schools-template.xlsx": Text("填报工作簿空表", "Empty workbook"),
    "schools-sample.xlsx": Text("填报工作簿样例", "Workbook, filled in"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A file that is given: its name in the form, the kinds of file it may be."""

    name: str
    label: Text
    suffixes: tuple[str, ...]
    hint: Text
    is_required: bool = False
    is_draw: bool = False  # an archive of a draw's folder: its logs and rows are taken, too


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A work: ``takes_data`` where it needs the county's schools; ``options`` name the fields of its form."""

    work: str
    name: Text
    about: Text
    parts: tuple[Part, ...] = ()
    takes_data: bool = False
    options: tuple[str, ...] = ()
    samples: Mapping[str, Text] = field(default_factory=dict)
    is_verified: bool = False
    asks_file: bool = True  # one of its parts at least, where it takes no data


OVERLAY = Part(
    "overlay", Text("省、县口径叠加", "Overlay of your rules"), YAML,
    Text("没有就用国家和内置的规则", "without one the national and built-in rules stand"),
)  # fmt: skip

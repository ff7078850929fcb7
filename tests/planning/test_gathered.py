"""Faults told at once: counted in words, with the first places and the first remedy."""

from junheng.basics import Text
from junheng.planning.gathered import Gathered


def test_one_fault_is_one() -> None:
    faults = Gathered("docs/x.md")
    faults.add("a.csv A2", "不是数", "no number")
    error = faults.error()
    assert error.what.en.startswith("1 fault:")
    assert error.where == "a.csv A2"
    assert error.fix is not None
    assert error.fix.zh == "请逐条改正后重试；写法见 docs/x.md"


def test_places_and_the_first_remedy_are_named() -> None:
    faults = Gathered("docs/x.md")
    for row in (2, 2, 3, 4, 5):
        faults.add(f"a.csv A{row}", f"不是数（{row}）", "no number")
    faults.add("a.csv A2", "又一处", "another")
    faults.add("b.csv", "缺表", "a sheet is absent", Text("补上工作表", "add the sheet"))
    error = faults.error()
    assert error.what.en.startswith("6 faults:")
    assert error.where == "a.csv A2、a.csv A3、a.csv A4 ……"
    assert error.fix is not None
    assert error.fix.zh == "补上工作表；其余请逐条改正；写法见 docs/x.md"

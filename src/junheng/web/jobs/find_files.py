"""Which of several uploaded files is the plan, the roll of children, the rules."""

from pathlib import Path

from junheng.basics import Text, UserError

_ROLLS = (".xlsx", ".csv")
_USUAL = (
    "applications",
    "intake",
    "申请表",
    "新生名册",
)  # how such a workbook is called where there are several


def named(given: Path, name: str) -> Path:
    """The only file called ``name``. Raises UserError."""
    found = [path for path in sorted(given.rglob("*")) if path.name == name and path.is_file()]
    if len(found) == 1:
        return found[0]
    raise _refused(
        f"应有一个 {name}，找到 {len(found)} 个", f"one {name} is expected, {len(found)} were found"
    )


def find_forms(given: Path, name: str) -> Path:
    """The roll of children: the one called ``name``, the only workbook, or one of a usual name. Raises UserError."""
    if name:
        return named(given, name)
    found = [path for path in sorted(given.rglob("*")) if path.suffix.lower() in _ROLLS]
    usual = [path for path in found if path.stem in _USUAL] if len(found) > 1 else found
    if len(usual) == 1:
        return usual[0]
    raise _refused(
        f"分不清哪个是名册：有 {len(found)} 个表格", f"which workbook is the roll? there are {len(found)}"
    )


def find_rules(given: Path) -> Path | None:
    """rules.yaml, or None where there is none. Raises UserError where there are several."""
    return named(given, "rules.yaml") if any(given.rglob("rules.yaml")) else None


def _refused(zh: str, en: str) -> UserError:
    return UserError(
        Text(zh, en),
        why=Text("没有开始", "nothing was begun"),
        fix=Text("请写明名册的文件名，或只放需要的文件", "name the roll's file, or pack only what is needed"),
    )

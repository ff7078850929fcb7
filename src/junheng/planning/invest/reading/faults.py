"""Everything wrong with a problem, gathered and told at once: what, where, what to do."""

from dataclasses import dataclass, field

from junheng.basics import Text, UserError

SHOWN = 30  # told in full; whoever has more will read again anyway


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong. ``where``: file, sheet, row, column, or the key of the YAML file."""

    where: str
    what: Text
    fix: Text


@dataclass(slots=True)
class Faults:
    """Collects faults while a problem is read."""

    found: list[Fault] = field(default_factory=list)

    def add(self, where: str, zh: str, en: str, fix: Text) -> None:
        """Note one fault."""
        self.found.append(Fault(where, Text(zh, en), fix))

    def raise_if_any(self, name: str) -> None:
        """UserError that tells every fault of the problem ``name``; nothing when there is none."""
        if self.found:
            raise _told(name, self.found)


def _told(name: str, faults: list[Fault]) -> UserError:
    if len(faults) == 1:
        fault = faults[0]
        return UserError(fault.what, where=fault.where, why=_WHY, fix=fault.fix)
    shown, more = faults[:SHOWN], len(faults) - SHOWN
    zh = "".join(f"\n  · {fault.where}：{fault.what.zh}。{fault.fix.zh}" for fault in shown)
    en = "".join(f"\n  · {fault.where}: {fault.what.en}. {fault.fix.en}" for fault in shown)
    rest = Text(f"\n  …另 {more} 处", f"\n  … {more} more") if more > 0 else Text("", "")
    return UserError(
        Text(
            f"规划问题“{name}”有 {len(faults)} 处要改：{zh}{rest.zh}",
            f"the problem {name!r} has {len(faults)} faults:{en}{rest.en}",
        ),
        where="; ".join(dict.fromkeys(fault.where for fault in shown)),
        why=_WHY,
        fix=Text("请逐条改正后再读", "mend each and read again"),
    )


_WHY = Text("有疑问的数不能猜，未开始规划", "a figure in doubt is never guessed: nothing was planned")

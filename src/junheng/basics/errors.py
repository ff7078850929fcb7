"""The user's errors: what, where, why it matters, what to do. Shown plainly, never as a traceback."""

from junheng.basics.text import Text


class UserError(Exception):
    """Something the user can mend. ``exit_code`` is what the command line returns (2: refused)."""

    exit_code = 2

    def __init__(
        self,
        what: Text,
        *,
        where: str = "",
        why: Text | None = None,
        fix: Text | None = None,
    ) -> None:
        super().__init__(str(what))
        self.what = what
        self.where = where
        self.why = why
        self.fix = fix

    def lines(self) -> list[Text]:
        """The message as labelled bilingual lines, ready to print."""
        found = [self.what]
        if self.where:
            found.append(Text(f"位置：{self.where}", f"Where: {self.where}"))
        if self.why:
            found.append(Text(f"影响：{self.why.zh}", f"Why it matters: {self.why.en}"))
        if self.fix:
            found.append(Text(f"办法：{self.fix.zh}", f"What to do: {self.fix.en}"))
        return found

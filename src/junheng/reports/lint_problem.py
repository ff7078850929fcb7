"""What the linter reports: a place and what is wrong there. It never changes anything."""

from dataclasses import dataclass

from junheng.basics import Text


@dataclass(frozen=True, slots=True)
class LintProblem:
    """One inconsistency."""

    where: str
    what: Text

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"

"""Templates are new workbooks: a file that may hold somebody's work is never replaced."""

from pathlib import Path

from junheng.basics import Text, UserError


def require_new_book(path: Path) -> None:
    """Raise UserError unless ``path`` is an .xlsx that is not there yet."""
    if path.suffix.lower() != ".xlsx" or path.exists():
        raise UserError(
            Text(
                "样表须写成新的 .xlsx，不覆盖已有文件",
                "the template is a new .xlsx; a file is never replaced",
            ),
            where=str(path),
            fix=Text("请换一个文件名", "choose another name"),
        )

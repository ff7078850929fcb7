"""A day named on the command line; today when none is."""

from datetime import UTC, date, datetime

from junheng.basics import Text, UserError


def day_of(text: str | None) -> date:
    """The day ``text`` names as YYYY-MM-DD, today for None. Raises UserError for anything else."""
    if text is None:
        return datetime.now(UTC).astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            Text(f"日期写法不对：{text}", f"No such day: {text}"),
            fix=Text("写成 2025-06-30", "write 2025-06-30"),
        ) from error

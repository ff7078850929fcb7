"""The times a spec declares: reveals by, beacons from; without a zone they are Beijing time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.ceremony.log import BEIJING
from junheng.draws.drand import round_time

# Long enough that no reveal can wait for the first digit of a beacon (format: docs/method/draws.md §2).
LEAST_WAIT = timedelta(minutes=10)


def read_time(text: str, where: str) -> datetime:
    """An ISO 8601 time. Raises UserError."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            Text(f"时间写法不对：{text}", f"Not a time: {text}"),
            where=where,
            fix=Text("例如 2026-07-01T10:00:00+08:00", "for example 2026-07-01T10:00:00+08:00"),
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=BEIJING)


def check_schedule(
    schedule: Mapping[str, Any], beacons: Sequence[Mapping[str, Any]], *, is_official: bool, now: datetime
) -> None:
    """Refuse (UserError) times that would let a party reveal with a beacon in sight.

    A rehearsal keeps the ten minutes on paper but may use a past beacon.
    """
    if set(schedule) != {"reveals_by", "beacon_from"}:
        raise UserError(Text("日程应写明揭示截止与信标起始", "The schedule gives reveals_by and beacon_from"))
    reveals_by = read_time(schedule["reveals_by"], "reveals_by")
    beacon_from = read_time(schedule["beacon_from"], "beacon_from")
    if beacon_from - reveals_by < LEAST_WAIT:
        raise _too_early(
            "信标至少在揭示截止十分钟之后", "beacons come ten minutes after the last reveal, or later"
        )
    if not is_official:
        return
    if now > reveals_by:
        raise _too_early("揭示截止时间已过", "the time for reveals is already past")
    for beacon in beacons:
        if beacon["kind"] == "drand" and round_time(beacon["chain_hash"], beacon["round"]) < beacon_from:
            raise _too_early(
                f"信标 {beacon['id']} 早于信标起始时间", f"beacon {beacon['id']} comes before beacon_from"
            )


def _too_early(zh: str, en: str) -> UserError:
    return UserError(
        Text(f"日程不成立：{zh}", f"The schedule does not hold: {en}"),
        where="schedule",
        why=Text(
            "揭示必须先于信标，否则最后揭示者可以选择",
            "reveals precede beacons, or the last to reveal could choose",
        ),
        fix=Text("请改定时间或信标轮次", "set other times or another round"),
    )

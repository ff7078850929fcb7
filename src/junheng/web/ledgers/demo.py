"""The made-up county's ledgers: records of all schools, hazards in every state, children who are nobody."""

import json
import secrets
import struct
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from junheng.enrolment import make_lists
from junheng.judgement.ledgers import Ledger, LedgerItem, LedgerSchool, ledgers
from junheng.web.audit.chain import record
from junheng.web.evidence.actions import keep
from junheng.web.evidence.models import Evidence
from junheng.web.ledgers.child_acts import close, take_over, visit
from junheng.web.ledgers.hazard_acts import Found, find, mend, review
from junheng.web.ledgers.models import Child, Record
from junheng.web.ledgers.models.hazards import Result
from junheng.web.ledgers.reading import County, county_in
from junheng.web.ledgers.sheet_demo import make_sheets
from junheng.web.people.actions import give_post
from junheng.web.people.models import Account, Organisation
from junheng.web.people.queries import within
from junheng.web.people.roles import Kind, Role, Section

_RECORDED = ("informatisation", "safety", "conduct")
_HAZARDS = (  # ledger, item, what, severity, found so many days ago, and how far it has come
    ("safety", "alarm", "一键报警器无信号", "serious", 4, "open"),
    ("safety", "closed_campus", "围墙破损约三米", "major", 40, "open"),
    ("safety", "", "消防通道堆物", "serious", 12, "mended"),
    ("safety", "warning_lights", "校门警示灯不亮", "general", 20, "returned"),
    ("safety", "", "食堂冷藏柜温度记录缺页", "general", 25, "closed"),
    ("conduct", "homework", "三年级书面作业超量", "general", 45, "open"),
    ("conduct", "service", "课后服务方案没有公示", "general", 9, "mended"),
)
_CHILDREN, _SEED, _CLOSE_ON, _SCHOOLS = 72, 20261, 5, 6  # of the children; an entry in five is closed
_NUMBER_OF = {"school_age": "A", "suspected": "B"}


def open_demo_ledgers(place: Organisation, school: Organisation, accounts: list[str]) -> Iterator[str]:
    """Make them; the line of the account that keeps the children's ledger is added to ``accounts``."""
    today = timezone.localdate()
    county = county_in(place, today)
    with transaction.atomic():
        keeper, line = _keeper(place)
        accounts.append(line)
        count = _records(county, today)
        _hazards(place, school, today)
        _children(keeper, county, school, today)
        make_sheets(county, today)
    yield f"学校台账记录 {count} 条、问题与隐患、控辍保学 | {count} records, hazards, children not at school"


def _keeper(place: Organisation) -> tuple[Account, str]:
    password, name = secrets.token_urlsafe(9), "控辍保学专管员（演示）"
    made = Account.objects.create_user(username="keeper", password=password, name=name, is_demo=True)
    give_post(None, made, place, Role.OFFICER, Section.BASIC.value)
    return made, f"keeper\t{password}\t{name}\t{place}"


def _records(county: County, today: date) -> int:
    """Nearly every school and item: some say no, some are not recorded, some have expired."""
    rows = []
    for at, (pk, code) in enumerate(sorted(county.codes.items(), key=lambda one: one[1])):
        school = county.schools.get(code)
        for number, (ledger, item) in enumerate(_items()):
            if school is None or (at * 7 + number * 3) % 29 == 0:
                continue
            old = (at + number) % 31 == 5
            day = today - timedelta(days=420 if old else 20 + at % 60)
            rows.append(
                Record(
                    school_id=pk, ledger=ledger.id, item=item.id, value=_value(item, school, at + number),
                    dated_on=day, by_name="各校填报员（演示）", at=timezone.now(),
                )
            )  # fmt: skip
    Record.objects.bulk_create(rows, batch_size=500)
    detail = {"entries": len(rows)}
    record(None, "ledger.record", "organisation", county.place.pk, detail, organisation_id=county.place.pk)
    return len(rows)


def _items() -> list[tuple[Ledger, LedgerItem]]:
    return [(ledgers()[name], item) for name in _RECORDED for item in ledgers()[name].items]


def _value(item: LedgerItem, school: LedgerSchool, at: int) -> str:
    if item.kind == "yes_no":
        return "否" if at % 23 == 0 else "是"
    if item.rate.of == "classes":
        return str(max(0, (school.classes or 0) - (at % 9 == 0)))
    if item.rate.at_most is not None:
        return "120" if at % 37 == 0 else "0"
    return "100" if item.id == "bandwidth" else "1"


def _hazards(place: Organisation, school: Organisation, today: date) -> None:
    who = {one: Account.objects.get(username=one) for one in ("inspector", "leader", "head")}
    schools = within(place).filter(kind=Kind.SCHOOL).exclude(pk=school.pk).order_by("pk")
    elsewhere = list(schools[: len(_HAZARDS)])
    for at, (ledger, item, what, severity, days, far) in enumerate(_HAZARDS):
        where = elsewhere[at] if far == "open" and at else school
        found_on = today - timedelta(days=days)
        before = demo_photo(where, f"整改前 {what}")
        said = Found(ledgers()[ledger], item, what, severity, found_on, None, before)
        made = find(who["inspector"], place, where, said)
        if far != "open":
            mend(who["head"], made, "已整改（演示）", demo_photo(school, f"整改后 {what}"))
        if far in ("returned", "closed"):
            result = Result.PASSED if far == "closed" else Result.RETURNED
            review(who["leader"], made, result, "" if far == "closed" else "照片看不出是否已修好（演示）")


def demo_photo(school: Organisation, words: str) -> Evidence:
    """A small grey picture, kept for a school."""
    file = SimpleUploadedFile("演示照片.png", _png(sum(map(ord, words)) % 200), "image/png")
    return keep(None, school, file, f"{words}（演示）", timezone.localdate())


def _png(shade: int) -> bytes:
    """A small picture of one grey (ISO/IEC 15948)."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress((b"\0" + bytes([shade]) * 64) * 48)),
        (b"IEND", b""),
    )
    chunks = (struct.pack(">I", len(b)) + n + b + struct.pack(">I", zlib.crc32(n + b)) for n, b in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _children(keeper: Account, county: County, school: Organisation, today: date) -> None:
    """Numbers of an unassigned region: nobody has them."""
    opened = (today.replace(day=1) - timedelta(days=1)).replace(day=3)
    others = sorted(code for code in county.codes.values() if code in county.schools)[: _SCHOOLS - 1]
    entries = _entries(opened, [county.codes[school.pk], *others])
    content = json.dumps({"view": "full", "on": opened.isoformat(), "entries": entries}, ensure_ascii=False)
    take_over(keeper, county.place, content.encode(), {code: pk for pk, code in county.codes.items()})
    known = list(Child.objects.filter(county=county.place))
    for at, child in enumerate(known):
        if at % 2:
            visit(
                keeper, child, "确认辍学" if at % 4 == 1 else "已联系", opened + timedelta(days=1 + at % 20)
            )
        if at % 2 and at % _CLOSE_ON == 0:
            close(keeper, child, "returned", opened + timedelta(days=2 + at % 20), f"{at:064x}")


def _entries(opened: date, codes: list[str]) -> list[dict[str, Any]]:
    made = make_lists(_CHILDREN, _SEED).left
    day = opened.isoformat()
    return [_entry(made, at, day, codes[at // 2 % _SCHOOLS] if at % 2 else "") for at in range(_CHILDREN)]


def _entry(made: Any, at: int, opened: str, code: str) -> dict[str, Any]:
    """Child ``at`` of the made-up list as ``enrolment match`` would enter it; with a school one of the register."""
    ledger, table = ("suspected", "register") if code else ("school_age", "household")
    return {
        "number": f"{_NUMBER_OF[ledger]}{opened[:4]}-{at + 1:05}", "ledger": ledger, "table": table,
        "place": f"样例名单 第 {at + 2} 行", "key": made.numbers[at] or f"row {at}", "name": made.names[at],
        "id_number": made.numbers[at], "guardian": made.guardians[at], "address": "XX镇XX村", "school": code,
        "grade": "", "class_no": "", "birth": made.births[at], "sex": made.sexes[at],
        "status": "to_check" if at % 5 == 0 else "not_found", "focus": ["left_behind"] if at % 3 == 0 else [],
        "near": None, "priority": "yes" if at % 4 == 0 else "no", "state": "open", "opened": opened,
        "reason": "", "evidence": "", "steps": [],
    }  # fmt: skip

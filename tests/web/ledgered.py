"""Records, hazards and children of the ledgers for the tests."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.web.conftest import SCHOOL, Site

from junheng.judgement.ledgers import ledgers
from junheng.web.evidence.actions import keep
from junheng.web.evidence.models import Evidence
from junheng.web.ledgers.child_acts import take_over
from junheng.web.ledgers.hazard_acts import Found, find
from junheng.web.ledgers.models import Child, Hazard
from junheng.web.ledgers.sheet_acts import put_row
from junheng.web.people.models import Account, Organisation

_TIFF = (
    b"MM\0*\0\0\0\x08\0\x02"
    b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"  # turned by 90 degrees
    b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0GPS-113.99E41"
)
_EXIF = b"Exif\0\0" + _TIFF
JPEG = b"\xff\xd8\xff\xe1" + (len(_EXIF) + 2).to_bytes(2, "big") + _EXIF + b"\xff\xda\0\x02\x12\x34\xff\xd9"
NAMES = ("赵钱孙", "周吴郑")
NUMBERS = ("999904201706148377", "999902201403176060")


def photo(name: str = "前.jpg") -> SimpleUploadedFile:
    """A photo that says where it was taken."""
    return SimpleUploadedFile(name, JPEG, "image/jpeg")


def photo_of(school: Organisation) -> Evidence:
    """It, kept for a school."""
    return keep(None, school, photo(), "照片", timezone.localdate())


def hazard_at(actor: Account, site: Site, due_on: date | None = None, found_on: date | None = None) -> Hazard:
    """A serious hazard of the first school."""
    day = found_on or timezone.localdate()
    said = Found(ledgers()["safety"], "alarm", "消防通道堆物", "serious", day, due_on, photo_of(site.school))
    return find(actor, site.county, site.school, said)


def entry_of(place: int, school: str, /, **more: Any) -> dict[str, Any]:
    """An entry as ``enrolment match`` writes it; with a school one of suspected dropouts."""
    letter, ledger, table = ("B", "suspected", "register") if school else ("A", "school_age", "household")
    return {
        "number": f"{letter}2026-{place:05}", "ledger": ledger, "table": table, "place": f"学籍.csv 第 {place} 行",
        "key": NUMBERS[place % 2], "name": NAMES[place % 2], "id_number": NUMBERS[place % 2], "guardian": "赵监护",
        "address": "XX镇XX村", "school": school, "grade": "", "class_no": "", "birth": "20170614", "sex": "1",
        "status": "not_found", "focus": [], "near": None, "priority": "yes", "state": "open",
        "opened": "2026-01-05", "due": "2026-01-31", "overdue": False, "reason": "", "evidence": "", "steps": [],
        **more,
    }  # fmt: skip


def ledger_file(*entries: Mapping[str, Any], view: str = "full") -> bytes:
    """A result's ``full/ledgers.json``."""
    content = {"view": view, "on": "2026-01-05", "entries": list(entries)}
    return json.dumps(content, ensure_ascii=False).encode()


def children_of(site: Site, *entries: Mapping[str, Any]) -> list[Child]:
    """They, taken over for the first county: one of the first school, one of the neighbour, one of no school."""
    given = entries or (entry_of(1, SCHOOL), entry_of(2, "2199000002"), entry_of(3, ""))
    schools = {SCHOOL: site.school.pk, "2199000002": site.neighbour.pk}
    take_over(None, site.county, ledger_file(*given), schools)
    return list(Child.objects.filter(county=site.county))


def ledger_values(site: Site, person: Account) -> Mapping[str, Any]:
    """Values for the parameters of the routes."""
    (child, *_) = [one for one in children_of(site) if one.school_id == site.school.pk]
    row = put_row(None, site.school, "service", "2024", {"wanting": "600"}, None)
    return {
        "ledger": "safety", "hazard": hazard_at(person, site).pk, "child": child.pk, "sheet": "service", "sheet_row": row.pk,
    }  # fmt: skip

"""A small admission draw and a small class formation, played to the end with made-up children."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from junheng.admissions import run_draw as admit
from junheng.class_formation import run_draw as form_classes
from junheng.draws import (
    Entrant,
    commit,
    commitment,
    declare,
    fix_seed,
    freeze,
    observe,
    publish,
    reveal,
    run,
)

SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", ("小明", "子涵", "一诺", "欣怡", "浩宇", "梓", "若曦")
ROLES = ("教育局", "公证处", "家长代表1")
START = datetime.fromisoformat("2026-07-01T10:00:00+08:00")
AFTER = START + timedelta(hours=1)
BALLS = {
    "kind": "balls",
    "id": "现场",
    "name": "现场摇球",
    "parts": [{"count": 6, "low": 0, "high": 9, "ordered": 1, "distinct": 0}],
}
ADMISSION: dict[str, Any] = {
    "key": ["band", "class", "ticket"],
    "band_width": 3,
    "tickets": "single",
    "order": "ascending",
    "ranking": {"method": "hmac"},
    "units": "overflow",
    "digits": 10,
    "classes": [{"code": 0, "name": "片内"}, {"code": 1, "name": "其他"}],
    "schools": [
        {
            "id": identifier,
            "name": name,
            "ownership": "public",
            "plan": plan,
            "pools": [{"id": "统招", "seats": plan, "classes": [], "unfilled": "next"}],
        }
        for identifier, name, plan in (
            ("S1", "第一初级中学", 15),
            ("S2", "实验学校", 12),
            ("S3", "城南中学", 8),
        )
    ],
    "stages": [{"id": "一次派位", "schools": ["S1", "S2", "S3"]}],
    "leftovers": "none",
}
CLASSES: dict[str, Any] = {
    "method": "swaps",
    "sweeps": 20,
    "polish": 0,
    "relief": 0,
    "mark_unit": "0.5",
    "covariates": [{"name": "total", "source": "mark", "weight": 1}],
    "groups": [{"school": "第一小学", "grade": "一年级", "classes": 3, "teams": ["甲组", "乙组", "丙组"]}],
}


def name_of(number: int) -> str:
    """A made-up name."""
    return SURNAMES[number % 10] + GIVEN[number % 7]


def applicants(count: int = 40) -> list[Entrant]:
    """Children with three wishes each, the last two twins."""
    orders = (["S1", "S2", "S3"], ["S2", "S1", "S3"], ["S1", "S3", "S2"])
    return [
        Entrant(
            {"name": name_of(i), "id_number": f"11010120190101{i:04}"},
            "双胞胎" if i >= count - 2 else "",
            {
                "choices": orders[0 if i >= count - 2 else i % 3],
                "classes": [int(i % 4 > 0)] * 3 if i < count - 2 else [1, 1, 1],
                "flags": {},
            },
        )
        for i in range(count)
    ]


def newcomers(count: int = 30) -> list[Entrant]:
    """Children of one grade with a total mark each."""
    return [
        Entrant(
            {"name": name_of(i), "id_number": f"11010120190101{i:04}"},
            "",
            {
                "school": "第一小学",
                "grade": "一年级",
                "sex": i % 2 + 1,
                "special": 0,
                "marks": {"total": 100 + i * 7 % 90},
                "feeder": "",
                "apart": [],
                "flags": {},
            },
        )
        for i in range(count)
    ]


def play(folder: Path, *, kind: str = "admission", purpose: str = "official") -> dict[str, Any]:
    """The whole ceremony in ``folder``, published beside it; returns the transcript."""
    draw_id = f"示例-{kind}-{purpose}"
    freeze(
        folder, draw_id=draw_id, title="示例区2026年抽签（虚构）", purpose=purpose, kind=kind, hash_name="sha256",
        entrants=applicants() if kind == "admission" else newcomers(), now=START,
        random_bytes=lambda size: hashlib.shake_256(b"salt").digest(size),
    )  # fmt: skip
    for role in ROLES:
        value = hashlib.sha256(role.encode()).digest()
        commit(folder, role, "某某", commitment("sha256", draw_id, role, value), now=START)
    schedule = {
        "reveals_by": START.isoformat(),
        "beacon_from": (START + timedelta(minutes=10)).isoformat(),
    }
    problem = ADMISSION if kind == "admission" else CLASSES
    rules = {"id": "示例办法", "text_hash": "0" * 64}
    declare(folder, problem, rules, [BALLS], schedule, {"engine": "1" * 64}, {}, now=START)
    for role in ROLES:
        reveal(folder, role, hashlib.sha256(role.encode()).hexdigest(), now=START)
    observe(folder, [{"kind": "balls", "id": "现场", "text": "3.1.4.1.5.9./"}], now=AFTER)
    fix_seed(folder, now=AFTER)
    decide: Callable[..., Any] = admit if kind == "admission" else form_classes
    run(folder, decide, now=AFTER)
    return publish(folder, folder.with_name(f"{folder.name}-public"), purpose=purpose, now=AFTER)


def lines(path: Path) -> list[dict[str, Any]]:
    """A file of JSON lines."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]

"""What the pages show: read from what was published, nothing computed."""

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from junheng.basics import STAGE_NAMES, Text
from junheng.draws import strict_json
from junheng.web.findings import reading
from junheng.web.findings.models import VERDICTS
from junheng.web.front.words import half, is_english, pair
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind
from junheng.web.public import drawing, opendata
from junheng.web.public.lookup import content_of
from junheng.web.public.models import NOTICE_KINDS, Draw, Notice, OpenData, ZoneVersion

Json = dict[str, Any]
ToldRow = tuple[str, list[tuple[str, str]]]
_VERDICTS = dict(VERDICTS)


def counties() -> QuerySet[Organisation]:
    """The counties that have published something, by their place in the tree."""
    sources: tuple[Any, ...] = (ZoneVersion, Draw, Notice, OpenData)
    any_of = Q()
    for model in sources:
        any_of |= Q(pk__in=model.objects.filter(withdrawn_on=None).values("county"))
    return Organisation.objects.filter(any_of, kind=Kind.COUNTY).select_related("parent")


def notices(county: Organisation, day: date) -> list[tuple[str, list[Notice]]]:
    """What is shown on ``day``, by kind."""
    shown = Notice.objects.filter(county=county, withdrawn_on=None, first_day__lte=day)
    found = list(shown.filter(Q(last_day=None) | Q(last_day__gte=day)).defer("text"))
    return [(name, [one for one in found if one.kind == key]) for key, name in NOTICE_KINDS]


def versions(county: Organisation) -> QuerySet[ZoneVersion]:
    """All versions, also withdrawn ones: they held for a time."""
    return ZoneVersion.objects.filter(county=county).defer("content")


def draws(county: Organisation) -> list[Draw]:
    """The newest publication of every draw."""
    newest: dict[str, Draw] = {}
    for one in Draw.objects.filter(county=county, withdrawn_on=None):
        newest.setdefault(one.draw_id, one)
    return list(newest.values())


def newer(draw: Draw) -> Draw | None:
    """A later publication of the same draw: then corrections may have come."""
    same = Draw.objects.filter(county=draw.county, draw_id=draw.draw_id, withdrawn_on=None)
    return same.filter(pk__gt=draw.pk).first()


def open_data(county: Organisation) -> QuerySet[OpenData]:
    """The packages on offer, newest year first."""
    return OpenData.objects.filter(county=county, withdrawn_on=None).defer("figures")


@dataclass(frozen=True, slots=True)
class DrawFacts:
    """What a draw's page tells: transcript, corrections, the cut-offs that hold now, rule and beacons in words."""

    transcript: Json
    corrections: tuple[Json, ...]
    lines: tuple[drawing.Line, ...]
    rules: tuple[str, ...]
    beacons: tuple[str, ...]
    groups: tuple[Json, ...]
    files: tuple[tuple[str, str, bool | None], ...]


def facts_of(draw: Draw) -> DrawFacts:
    """From the published transcript and, where there were any, its corrections."""
    digests: dict[str, str] = json.loads(draw.files)
    transcript = strict_json((draw.folder / drawing.TRANSCRIPT).read_bytes(), where=drawing.TRANSCRIPT)
    names = sorted(one for one in digests if one.startswith("correction-") and one.endswith(".json"))
    corrections = tuple(strict_json((draw.folder / one).read_bytes(), where=one) for one in names)
    result = corrections[-1]["result"] if corrections else transcript["result"]
    declared = transcript["spec"].get("programs", {})
    files = [(one, sha, _is_declared(declared, one, sha)) for one, sha in sorted(digests.items())]
    return DrawFacts(
        transcript,
        corrections,
        tuple(drawing.lines(transcript, result)),
        tuple(drawing.rules(transcript)),
        tuple(drawing.beacons(transcript)),
        tuple(result.get("groups", ())),
        tuple(files),
    )


def _is_declared(declared: dict[str, str], name: str, sha256: str) -> bool | None:
    """Whether a verifier is the one the announcement names; None for files that are no programs."""
    return declared.get(name) == sha256 if name in drawing.VERIFIERS else None


def zone_lines(version: ZoneVersion) -> list[tuple[Json, list[Json]]]:
    """Zones by name, each with its lines of the list."""
    told = content_of(version)
    rows: dict[str, list[Json]] = {}
    for row in told["rows"]:
        rows.setdefault(row["zone"], []).append(row)
    zones = sorted(told["zones"], key=lambda zone: (zone["name"], zone["id"]))
    return [(zone, rows.get(zone["id"], [])) for zone in zones]


def zone_csv(version: ZoneVersion) -> bytes:
    """The list, as it can be published again: UTF-8 with a mark, as Excel wants it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["学区编号", "学区", "学校", "街道", "门牌号段", "居委会"])
    for zone, rows in zone_lines(version):
        for row in rows:
            head = (zone["id"], zone["name"], "、".join(zone["schools"]))
            cells = [*head, row["street"], row["numbers"], row["community"]]
            writer.writerow([opendata.plain(cell) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")


def tables_of(package: OpenData) -> list[tuple[str, list[str], list[ToldRow]]]:
    """(title, headings, rows) of the package's small tables; a row is its title and its cells with their headings."""
    made: dict[str, list[list[str]]] = json.loads(package.figures)
    said = {(row[0], row[1]): half(_meaning(row)) for row in opendata.about()["columns"]}
    names: dict[str, Text] = {**STAGE_NAMES}
    found = []
    for name, title, words in (
        ("stages", pair("学段", "Stages"), 1),
        ("indicators", pair("指标", "Indicators"), 3),
    ):  # the first cells say what the row is
        heads = [said[f"{name}.csv", column] for column in opendata.headings(name)][words:]
        rows = [
            (
                " ".join([half(names[row[0]]), *row[1:words]]),
                list(zip(heads, map(_short, row[words:]), strict=True)),
            )
            for row in _in_language(package, name, made[name])
        ]
        found.append((title, [title, *heads], rows))
    return found


def _in_language(package: OpenData, name: str, rows: list[list[str]]) -> list[list[str]]:
    """Rows with the indicators' names and units in the reader's language: the package has them in Chinese."""
    if name != "indicators" or not is_english():
        return rows
    named, units = reading.names_of(package.finding), reading.units_of(package.finding)
    return [
        [stage, key, named[key].en if key in named else name, units[key].en if key in units else unit, *rest]
        for stage, key, name, unit, *rest in rows
    ]


def _meaning(row: list[str]) -> Text:
    """What a column of the package says, up to its first colon."""
    return Text(row[2].partition("：")[0], row[3].partition(":")[0])


def _short(cell: str) -> str:
    """Four decimals, for the eye alone."""
    return (
        f"{float(cell):.4f}"
        if re.fullmatch(r"-?\d+\.\d{4,}(?:e-?\d+)?", cell)
        else str(_VERDICTS.get(cell, cell))
    )


def names_of(draw: Draw) -> frozenset[str]:
    """The names of its files: no other name is ever opened."""
    return frozenset(json.loads(draw.files))

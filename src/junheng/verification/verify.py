"""``verify_finding``: compute a finding again from its input, and stop at the first difference."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.data import Snapshot, read_input
from junheng.standards import Standard, list_overlays, overlay_head, resolve
from junheng.verification.cells import Year
from junheng.verification.differences import Difference, Tally, first_difference
from junheng.verification.evidence import cell_differences
from junheng.verification.fingerprints import file_differences, source_differences
from junheng.verification.found import MANIFEST, Found, findings_under
from junheng.verification.inputs import ChangedInput, changed_input, same_bytes, tell_inputs
from junheng.verification.recomputation import Recomputation
from junheng.verification.rules import tell_standard

Announce = Callable[[Text], None]
_REGIONS_SHOWN = 6  # in the line that names a standard; more are counted


@dataclass(frozen=True, slots=True)
class Made:
    """What a finding was made with beside its input: a mapping, and files that are not in the library.

    ``standards`` are paths of standards of one's own, ``overlays`` and ``indicators`` those named to
    ``evaluate``, in their order.
    """

    mapping: Path | None = None
    standards: Sequence[Path] = ()
    overlays: Sequence[Path | str] = ()
    indicators: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """What was computed again and compared; ``difference`` is the first place where the two minds part.

    ``figures`` counts the compared leaves of verdicts, values, trends, rules and manifests, ``cells`` the
    cells of evidence held against the input. ``rules`` are the standards applied, with day, region and
    overlays: whether those were the right ones to apply is for the reader to see. ``notes`` tell what is no
    difference and yet worth knowing: an input that has another name now. ``items`` counts the declared items
    that were judged again.
    """

    ok: bool
    findings: int
    school_stages: int
    figures: int
    cells: int
    rules: tuple[str, ...] = ()
    difference: Text | None = None
    notes: tuple[Text, ...] = ()
    items: int = 0


@dataclass(slots=True)
class _Count:
    findings: int = 0
    school_stages: int = 0
    items: int = 0
    tally: Tally = field(default_factory=Tally)
    cells: Tally = field(default_factory=Tally)
    notes: dict[Text, None] = field(default_factory=dict)


def verify_finding(
    folder: Path,
    input_path: Path,
    *,
    mapping: Path | None = None,
    made: Made | None = None,
    announce: Announce | None = None,
) -> VerifyResult:
    """Compute every finding in ``folder`` (or below it) again from ``input_path`` and compare.

    ``made`` names what else the finding was made with (``mapping`` alone may be given beside it).
    ``announce`` is told of each step. Raises UserError when the input or a file of the finding cannot be read.
    """
    found = findings_under(folder)
    tell = announce or (lambda text: None)
    tell(Text("读取原始数据", "reading the input"))
    given = made or Made()
    minds = Minds(read_input(input_path, mapping=mapping or given.mapping), given)
    count = _Count()
    for finding in found:
        tell(Text(f"复算 {finding.label}", f"re-computing {finding.label}"))
        difference = _changed(finding, found, minds, count) or next(_differences(finding, minds, count), None)
        count.findings += 1
        if difference is not None:
            return _result(count, minds, difference.text())
    return _result(count, minds, None)


def _result(count: _Count, minds: "Minds", difference: Text | None) -> VerifyResult:
    return VerifyResult(
        ok=difference is None,
        findings=count.findings,
        school_stages=count.school_stages,
        figures=count.tally.figures,
        cells=count.cells.figures,
        rules=minds.applied(),
        difference=difference,
        notes=tuple(count.notes),
        items=count.items,
    )


class Minds:
    """A re-computation for every standard met; regions with the same overlays share the work."""

    def __init__(self, snapshot: Snapshot, made: Made) -> None:
        self.snapshot = snapshot
        self._made = made
        self._standards: dict[tuple[str, str, str], Standard] = {}
        self._resolved: dict[tuple[str, str, tuple[str, ...]], Standard] = {}
        self._minds: dict[tuple[str, date, str], Recomputation] = {}
        self._years: dict[int, Year] = {}
        self._regions: Sequence[str] | None = None

    def standard(self, head: Mapping[str, Any]) -> Standard:
        """The standard that a manifest names, resolved anew. Raises UserError when it names none."""
        key = (str(head.get("id")), str(head.get("on")), str(head.get("region") or ""))
        if key not in self._standards:
            self._standards[key] = self._in_region(*key)
        return self._standards[key]

    def of(self, standard: Standard) -> Recomputation:
        """The re-computation by ``standard``."""
        key = (standard.id, standard.on, standard.sha256)
        if key not in self._minds:
            self._minds[key] = Recomputation(self.snapshot, standard, self._made.indicators, self._years)
        return self._minds[key]

    def applied(self) -> tuple[str, ...]:
        """The standards met, once each: id, day, regions, overlays."""
        regions: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
        for found in self._standards.values():
            regions.setdefault((found.id, str(found.on), found.overlays), []).append(found.region or "–")
        return tuple(
            " · ".join((name, on, _listed(where), *overlays))
            for (name, on, overlays), where in regions.items()
        )

    def _in_region(self, name: str, on: str, region: str) -> Standard:
        """The standard in ``region``: resolved once for all regions in which the same overlays apply."""
        key = (name, on, tuple(found for found in self._overlaid() if region.startswith(found)))
        if key not in self._resolved:
            self._resolved[key] = self._resolve(name, on, region)
        return self._resolved[key].model_copy(update={"region": region})

    def _overlaid(self) -> Sequence[str]:
        """The regions that have overlays of their own, those of the overlays named to ``evaluate`` among them."""
        if self._regions is None:
            heads = [*list_overlays(), *(overlay_head(found) for found in self._made.overlays)]
            self._regions = [head.region for head in heads if head.region]
        return self._regions

    def _resolve(self, name: str, on: str, region: str) -> Standard:
        try:
            day = date.fromisoformat(on)
        except ValueError as error:
            raise UserError(
                Text(f"清单中的日期无法识别：{on}", f"The manifest's day is no day: {on}")
            ) from error
        for path in self._made.standards:
            own = resolve(path, on=day, region=region, overlays=self._made.overlays)
            if own.id == name:
                return own
        return resolve(name, on=day, region=region, overlays=self._made.overlays)


def _listed(regions: Sequence[str]) -> str:
    """Up to six regions by name, more by the first, the last and their number."""
    if len(regions) <= _REGIONS_SHOWN:
        return "、".join(regions)
    return f"{regions[0]}…{regions[-1]}（{len(regions)} 个地区 regions）"


def _changed(finding: Found, found: Sequence[Found], minds: Minds, count: _Count) -> ChangedInput | None:
    """The input that is not the finding's, with the cells that differ; a mere other name is noted."""
    stated = finding.manifest.get("inputs")
    if not same_bytes(minds.snapshot, stated):
        return changed_input(finding, found, minds.snapshot)
    count.notes.update(dict.fromkeys(tell_inputs(minds.snapshot, stated)[1]))
    return None


def _differences(found: Found, minds: Minds, count: _Count) -> Iterator[Difference]:
    """The differences of one finding, in the order in which they should be looked at."""
    head = found.manifest.get("standard")
    standard = minds.standard(head if isinstance(head, dict) else {})
    mind = minds.of(standard)
    year, county = found.manifest.get("year"), found.manifest.get("county")
    code = county.get("code") if isinstance(county, dict) else None
    years = minds.snapshot.years()
    if type(year) is not int or year not in years:
        yield Difference(f"{found.label} / {MANIFEST} / year", repr(year), repr(years))
        return
    if not isinstance(code, str):
        yield Difference(f"{found.label} / {MANIFEST} / county", repr(code), "code")
        return
    yield from source_differences(found, minds.snapshot, standard, count.tally)
    yield from _compare(found, "standard.json", tell_standard(standard, mind), count.tally)
    yield from _compare(found, "values.parquet", mind.values(year, code), count.tally)
    yield from _compare(found, "verdict.json", mind.verdict(year, code), count.tally)
    yield from _compare(found, "trends.json", mind.trends(code), count.tally)
    yield from cell_differences(found, mind, year, code, count.cells)
    yield from file_differences(found, count.tally)
    count.school_stages += len(mind.rows(year, code))
    count.items += len(standard.items)


def _compare(found: Found, name: str, told: Any, tally: Tally) -> Iterator[Difference]:
    stated = found.rows(name) if name.endswith(".parquet") else found.json(name)
    difference = first_difference(told, stated, f"{found.label} / {name}", tally)
    if difference is not None:
        yield difference

"""T3: the declared beacons are observed, after every reveal; with them nothing is left to choose."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.beacons import check_beacons
from junheng.draws.ceremony.declaring import SPEC, Spec
from junheng.draws.ceremony.folder import Ceremony, already_frozen, json_file, opened
from junheng.draws.ceremony.log import present
from junheng.draws.ceremony.revealing import read_reveals
from junheng.draws.ceremony.schedule import read_time
from junheng.draws.ceremony.step import Step, require_state
from junheng.draws.seeds import beacon_bytes, make_seed, spec_digest, supplement_seed

BEACONS, SEED = "beacons.json", "seed.json"
_OBSERVING = Text("录入信标", "record the beacons")
_SEEDING = Text("计算种子", "fix the seed")


def observe(
    folder: Path, observed: Sequence[Mapping[str, Any]], *, now: datetime | None = None
) -> list[tuple[str, bool, Text]]:
    """Record all declared beacons; returns (id, checked, remark) for each.

    Raises UserError before every party has revealed, before ``beacon_from`` of an official draw, and
    when an observation is not exactly the declared one or its signature does not hold.
    """
    written = json_file([dict(beacon) for beacon in observed])
    with opened(folder) as ceremony:
        spec = ceremony.read_json(SPEC) if ceremony.has(SPEC) else {}
        if ceremony.has(BEACONS):
            if ceremony.read(BEACONS) != written:
                raise already_frozen(BEACONS)
            return check_beacons(spec["beacons"], observed)
        require_state(ceremony.state, {Step.REVEALED}, _OBSERVING)
        _check_time(spec, now or present())
        remarks = check_beacons(spec["beacons"], observed)
        checked = {id_: int(is_checked) for id_, is_checked, _ in remarks}
        ceremony.done("observe", Step.OBSERVED, {BEACONS: written}, note={"checked": checked}, now=now)
    return remarks


def fix_seed(folder: Path, *, now: datetime | None = None) -> bytes:
    """The seed s (32 bytes), computed from spec, reveals and beacons; the same whenever asked.

    Of a supplementary draw: s_k, from the seed before and the late roll's root. Raises UserError before
    the beacons are recorded.
    """
    with opened(folder) as ceremony:
        if ceremony.has(SEED):
            return bytes.fromhex(ceremony.read_json(SEED)["seed"])
        spec = ceremony.read_json(SPEC) if ceremony.has(SPEC) else {}
        due = Step.DECLARED if "supplement_of" in spec else Step.OBSERVED
        require_state(ceremony.state, {due}, _SEEDING)
        seed = _seed(ceremony, spec)
        files = {SEED: json_file({"seed": seed.hex(), "spec_digest": spec_digest(spec).hex()})}
        ceremony.done("seed", Step.SEEDED, files, note={"seed": seed.hex()}, now=now)
    return seed


def _seed(ceremony: Ceremony, spec: Spec) -> bytes:
    if "supplement_of" in spec:
        of = spec["supplement_of"]
        root = bytes.fromhex(spec["roll"]["root"])
        return supplement_seed(spec["hash"], bytes.fromhex(of["seed"]), of["k"], root)
    reveals = [bytes.fromhex(said["value"]) for said in read_reveals(ceremony, spec)]
    beacons = beacon_bytes(ceremony.read_json(BEACONS))
    return make_seed(spec["hash"], spec_digest(spec), reveals, beacons)


def _check_time(spec: Spec, now: datetime) -> None:
    start = read_time(spec["schedule"]["beacon_from"], "beacon_from")
    if spec["purpose"] == "official" and now < start:
        raise UserError(
            Text("还没有到信标起始时间", "It is not yet time for the beacons"),
            where=spec["schedule"]["beacon_from"],
            why=Text(
                "此刻能录入的数字不是方案指定的那一次", "numbers known now cannot be those the spec names"
            ),
            fix=Text("请等到公告的时间", "wait for the announced time"),
        )

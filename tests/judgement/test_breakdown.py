"""Groups of schools, the headline of a finding, a school's peers: recomputed from a small county."""

from pathlib import Path
from statistics import pstdev
from typing import Any

import pytest

from junheng.basics import urban_town_rural
from junheng.data import check_snapshot, make_county, write_template
from junheng.data import read_input as read
from junheng.indicators import load_catalogue
from junheng.judgement import (
    Finding,
    Question,
    assess_regions,
    breakdown,
    headline,
    peers,
    read_finding,
    write_findings,
)


@pytest.fixture(scope="module")
def finding(tmp_path_factory: pytest.TempPathFactory) -> Finding:
    folder = tmp_path_factory.mktemp("county")
    write_template(folder / "2024.xlsx", tables=make_county(24, 3))
    checked = check_snapshot(read(folder / "2024.xlsx"))
    found = assess_regions(checked, Question("quality-2017", 2024), catalogue=load_catalogue(()))
    write_findings(found, folder / "finding", command=["test"], documents=lambda _: None)
    return read_finding(folder / "finding")


def _of(finding: Finding, stage: str) -> list[Any]:
    return [school for school in finding.verdict["schools"] if school["stage"] == stage]


def test_the_whole_county_as_one_group_is_what_the_finding_says(finding: Finding) -> None:
    groups = breakdown(finding, {school["school_id"]: "all" for school in finding.verdict["schools"]})
    assert [group.stage for group in groups] == list(finding.verdict["stages"])
    for group in groups:
        told = finding.verdict["stages"][group.stage]
        assert (group.schools, group.passed) == (told["schools"], told["passed"])
        for key, figure in group.indicators.items():
            wanted = told["indicators"][key]
            assert figure.met == wanted["met"]
            for found, of_county in ((figure.mean, wanted["mean"]), (figure.cv, wanted["cv"])):
                assert (found is None) == (of_county is None)
                if found is not None:
                    assert found == pytest.approx(of_county, rel=1e-9)


def test_groups_share_out_the_schools(finding: Finding) -> None:
    labels = {
        school["school_id"]: area.en
        for school in finding.verdict["schools"]
        if (area := urban_town_rural(school["urban_rural_code"]))
    }
    groups = [group for group in breakdown(finding, labels) if group.stage == "primary"]
    schools = _of(finding, "primary")
    assert sum(group.schools for group in groups) == sum(school["school_id"] in labels for school in schools)
    for group in groups:
        held = [school for school in schools if labels.get(school["school_id"]) == group.label]
        assert group.pupils == sum(school["pupils"] for school in held)
        values = [school["indicators"]["R1"]["value"] for school in held]
        if len(values) > 1 and None not in values:
            weights = [school["pupils"] for school in held]
            mean = sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)
            assert group.indicators["R1"].mean == pytest.approx(mean)


def test_a_part_is_never_told_as_the_whole(finding: Finding) -> None:
    schools = _of(finding, "primary")
    unknown = [s["school_id"] for s in schools if s["indicators"]["R1"]["value"] is None]
    known = [s["school_id"] for s in schools if s["indicators"]["R1"]["value"] is not None]
    one = next(g for g in breakdown(finding, {known[0]: "one"}) if g.stage == "primary")
    assert one.indicators["R1"].mean is not None
    assert one.indicators["R1"].cv is None  # a single school varies from nobody
    if unknown:
        both = breakdown(finding, {known[0]: "two", unknown[0]: "two"})[0]
        assert both.indicators["R1"].mean is None
    assert breakdown(finding, {}) == ()


def test_the_headline_names_the_worst_coefficient(finding: Finding) -> None:
    told = headline(finding.verdict)
    shares = {
        f"{stage} {key}": one["cv"] / one["cv_limit"]
        for stage, result in finding.verdict["stages"].items()
        for key, one in result["indicators"].items()
        if one["cv"] is not None and one["cv_limit"]
    }
    assert told.worst == max(shares.values())
    assert shares[told.worst_of] == told.worst
    assert told.over_limit == sum(share > 1 for share in shares.values())
    assert told.judged == len(finding.verdict["schools"])
    nothing = headline({"stages": {}, "schools": []})
    assert (nothing.worst, nothing.worst_of, nothing.judged) == (None, "", 0)


def test_peers_are_of_the_same_kind_and_size(finding: Finding) -> None:
    schools = _of(finding, "primary")
    own = max(schools, key=lambda school: school["pupils"] or 0)
    found = peers(finding, own["school_id"], "primary")
    assert found is not None
    area = urban_town_rural(own["urban_rural_code"])
    like = [
        s for s in schools
        if urban_town_rural(s["urban_rural_code"]) == area and s["pupils"] and own["pupils"] / 2 <= s["pupils"] <= own["pupils"] * 2
    ]  # fmt: skip
    assert found.schools == len(like) >= 1
    values = sorted(
        s["indicators"]["R4"]["value"] for s in like if s["indicators"]["R4"]["value"] is not None
    )
    figure = found.figures["R4"]
    assert figure.schools == len(values)
    mine = own["indicators"]["R4"]["value"]
    assert figure.rank == 1 + sum(value > mine for value in values)
    if len(values) >= 4 and pstdev(values):
        assert figure.low is not None
        assert figure.high is not None
        assert values[0] <= figure.low <= figure.high <= values[-1]
    assert peers(finding, "nobody", "primary") is None


def test_the_cells_say_where_a_school_lies(finding: Finding, tmp_path: Path) -> None:
    columns = set(finding.cells().column("column").to_pylist())
    assert {"town_code", "urban_rural_code", "group_id", "lon", "lat", "classes", "full_time"} & columns

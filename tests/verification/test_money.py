"""The second mind agrees with the first on random counties and archives, and sees what was altered."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.funding.made import rules, school, stage

from junheng.funding import read_aid, read_funds, seal_outcome, work_out, work_out_aid, write_outcome
from junheng.reports.funding import public_page
from junheng.verification import verify_money
from junheng.verification.money_funds import funds_differences

Json = dict[str, Any]
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "funding"
_COUNTS = st.one_of(st.none(), st.integers(0, 130))
_FEW = st.one_of(st.none(), st.integers(0, 6), st.just(0))


@st.composite
def _stage(draw: st.DrawFn, name: str) -> Json:
    return stage(
        name,
        draw(_COUNTS),
        boarders=draw(_FEW),
        inclusive=draw(_FEW),
        home_taught=draw(_FEW),
        bilingual=draw(_FEW),
    )


@st.composite
def _payments(draw: st.DrawFn, school_id: str) -> list[Json]:
    kinds = st.sampled_from(["due", "received", "advance"])
    days = st.integers(0, 700).map(lambda number: (date(2023, 6, 1) + timedelta(number)).isoformat())
    rows = draw(st.lists(st.tuples(kinds, st.integers(1, 90), st.one_of(st.none(), days)), max_size=6))
    return [
        {"school_id": school_id, "kind": kind, "yuan": str(yuan), "on": on, "document": "", "at": "x"}
        for kind, yuan, on in rows
    ]


@st.composite
def _problem(draw: st.DrawFn) -> Json:
    region, year = draw(
        st.sampled_from([("150102", 2020), ("210102", 2024), ("410999", 2018), ("150999", 2024)])
    )
    schools, payments = [], []
    for number in range(draw(st.integers(1, 4))):
        stages = [
            draw(_stage(name))
            for name in draw(st.sampled_from([(), ("primary",), ("junior",), ("primary", "junior")]))
        ]
        facts = {
            "kind": draw(st.sampled_from(["primary", "teaching_point", "special", "nine_year"])),
            "rural": draw(st.sampled_from([True, False, None])),
            "ownership": draw(st.sampled_from(["public", "private", None])),
            "budget_yuan": draw(st.sampled_from([None, "0", "100"])),
            "training_yuan": draw(st.sampled_from([None, "4.99", "5"])),
        }
        schools.append(school(*stages, school_id=str(number), county_code=region, **facts))
        payments += draw(_payments(str(number)))
    amounts = st.sampled_from([None, "0", "99", "100", "110", "121"])
    columns = (
        "education_spending_yuan",
        "education_appropriation_yuan",
        "recurrent_revenue_yuan",
        "teacher_pay_yuan",
    )
    money = [
        {"county_code": region, "year": one, "values": {name: draw(amounts) for name in columns}, "at": ""}
        for one in range(year - 3, year + 1)
    ]
    held = {
        **rules(region, year),
        "name": "县",
        "pupils_year": year - 1,
        "training": {"id": "Q4", "rate": "0.05"},
    }
    return {"format": "junheng/funds/1", "year": year, "on": f"{year}-12-31", "counties": {region: held}, "schools": schools,
            "payments": payments, "county_money": money, "problems": [], "inputs": []}  # fmt: skip


@settings(max_examples=examples(120))
@given(_problem())
def test_both_minds_agree_on_any_county(problem: Json) -> None:
    outcome = work_out(problem)
    assert [str(line) for line in funds_differences(problem, outcome)] == []


@pytest.fixture(scope="module")
def funds() -> tuple[Json, Json]:
    problem = read_funds(
        EXAMPLE / "county.xlsx",
        year=2024,
        payments=EXAMPLE / "payments.xlsx",
        overlays=[EXAMPLE / "local.yaml"],
    )
    return problem, work_out(problem)


@pytest.fixture(scope="module")
def aid() -> tuple[Json, Json]:
    problem = read_aid(EXAMPLE / "aid.xlsx", on=date(2024, 6, 30))
    return problem, work_out_aid(problem)


def _folder(path: Path, kind: str, problem: Json, outcome: Json, page: str = "") -> Path:
    path.mkdir(exist_ok=True)
    write_outcome(path, kind, problem, outcome)
    if page:
        (path / "资助公开.html").write_text(page, "utf-8")
    seal_outcome(path, "junheng", "test", [])
    return path


def _copy(content: Json) -> Any:
    return json.loads(json.dumps(content))


Alter = Callable[[Any, Any], object]


@pytest.mark.parametrize(
    ("alter", "told"),
    [
        (lambda p, o: None, None),
        (lambda p, o: o["schools"][0].update(total_yuan="1304001"), "total_yuan"),
        (lambda p, o: o["schools"][1].update(arrears_yuan="0"), "arrears_yuan"),
        (lambda p, o: o["schools"][1].update(days_late=1), "days_late"),
        (lambda p, o: o["schools"][0]["addends"][0].update(rate="721"), "base"),
        (lambda p, o: o["schools"][0]["shares"].update(county="1"), "county"),
        (lambda p, o: o["schools"][4]["training"].update(verdict="met"), "training"),
        (lambda p, o: o["counties"][0]["sums"]["total_yuan"].update(yuan="1"), "total_yuan"),
        (lambda p, o: o["counties"][0]["tests"][0].update(verdict="met"), "GROWTH-1"),
        (lambda p, o: o["schools"].pop(), "名单"),
        (lambda p, o: p["counties"]["999903"]["rules"]["base"]["values"].update(primary="721"), "FUND-2023"),
        (lambda p, o: p["counties"]["999903"]["rules"]["base"].update(id="FUND-2020"), "FUND-2020"),
        (lambda p, o: p["counties"]["999903"]["training"].update(rate="0.04"), "培训"),
    ],
)
def test_what_was_altered_in_funds_is_seen(
    funds: tuple[Json, Json], tmp_path: Path, alter: Alter, told: str | None
) -> None:
    problem, outcome = map(_copy, funds)
    alter(problem, outcome)
    found = verify_money(_folder(tmp_path, "funds", problem, outcome)).difference
    assert found is None if told is None else (found is not None and told in found.zh)


@pytest.mark.parametrize(
    ("alter", "told"),
    [
        (lambda p, o: None, None),
        (lambda p, o: o["totals"]["all"].update(yuan="1"), "totals"),
        (lambda p, o: o["totals"]["category"]["other"].update(times=2), "category"),
        (lambda p, o: o["apart"]["all"].update(times=1), "apart"),
        (lambda p, o: o["findings"].pop(), "待核对"),
        (lambda p, o: o["public"]["aid"]["category"].update(other={"times": 1, "yuan": "312.5"}), "公开表"),
        (
            lambda p, o: o["public"]["aid"]["category"].update(destitute={"times": 20, "yuan": "12000"}),
            "推算",
        ),
        (lambda p, o: p["archive"][0].__setitem__(6, "9"), "totals"),
        (lambda p, o: p["days"]["2024-03-01"]["living"]["values"].update(primary="9"), "AID-2024"),
    ],
)
def test_what_was_altered_in_aid_is_seen(
    aid: tuple[Json, Json], tmp_path: Path, alter: Alter, told: str | None
) -> None:
    problem, outcome = map(_copy, aid)
    page = public_page(problem, outcome, "县")
    alter(problem, outcome)
    found = verify_money(_folder(tmp_path, "aid", problem, outcome, page)).difference
    assert found is None if told is None else (found is not None and told in found.zh)


def test_a_childs_code_in_the_public_page_is_seen(aid: tuple[Json, Json], tmp_path: Path) -> None:
    problem, outcome = aid
    page = public_page(problem, outcome, "县").replace("</body>", "P00007</body>")
    found = verify_money(_folder(tmp_path, "aid", problem, outcome, page)).difference
    assert found is not None
    assert "公开页" in found.zh


def test_a_document_changed_afterwards_is_seen(aid: tuple[Json, Json], tmp_path: Path) -> None:
    folder = _folder(tmp_path, "aid", *aid, page="<p>1</p>")
    (folder / "资助公开.html").write_text("<p>2</p>", "utf-8")
    found = verify_money(folder).difference
    assert found is not None
    assert "资助公开.html" in found.zh


def test_the_input_is_read_again(funds: tuple[Json, Json], tmp_path: Path) -> None:
    problem, outcome = map(_copy, funds)
    assert verify_money(_folder(tmp_path, "funds", problem, outcome), EXAMPLE / "county.xlsx").ok
    assert not verify_money(tmp_path, tmp_path / "problem.json").ok  # none of the files read then
    problem["schools"][0]["stages"][0]["pupils"] += 1
    found = verify_money(
        _folder(tmp_path, "funds", problem, work_out(problem)), EXAMPLE / "county.xlsx"
    ).difference
    assert found is not None
    assert "pupils" in found.zh


@pytest.mark.parametrize(
    ("alter", "told"),
    [
        (lambda p: p["payments"][2].update(yuan="500000.01"), "拨付 payments 2199990001 received"),
        (lambda p: p["payments"][1].update(on="2024-10-30"), "拨付 payments 2199990001 due"),
        (lambda p: p["county_money"][0]["values"].update(teacher_pay_yuan="1"), "teacher_pay_yuan"),
    ],
)
def test_payments_are_read_again(
    funds: tuple[Json, Json], tmp_path: Path, alter: Callable[[Any], object], told: str
) -> None:
    """The frozen rows altered and everything worked out from them: only the sheets know better."""
    problem = _copy(funds[0])
    alter(problem)
    folder = _folder(tmp_path / "out", "funds", problem, work_out(problem))
    assert verify_money(folder).ok
    for name in ("county.xlsx", "payments.xlsx"):
        (tmp_path / name).write_bytes((EXAMPLE / name).read_bytes())
    found = verify_money(folder, tmp_path)
    assert found.rows == 28
    assert found.difference is not None
    assert told in found.difference.zh


@pytest.mark.parametrize(
    ("alter", "told"),
    [
        (lambda p: p["archive"][0].__setitem__(6, "250.01"), "[资助档案] 2 yuan"),
        (lambda p: p["archive"].pop(), "[资助档案] 92 pupil_id"),
    ],
)
def test_the_archive_is_read_again(
    aid: tuple[Json, Json], tmp_path: Path, alter: Callable[[Any], object], told: str
) -> None:
    problem = _copy(aid[0])
    assert verify_money(_folder(tmp_path / "as_it_was", "aid", *aid), EXAMPLE / "aid.xlsx").rows == 91
    alter(problem)
    folder = _folder(tmp_path / "out", "aid", problem, work_out_aid(problem))
    found = verify_money(folder, EXAMPLE / "aid.xlsx").difference
    assert found is not None
    assert told in found.zh

"""``junheng draw``: a whole official draw by commands, its refusals, a rehearsal, the hall's ceremony."""

import json
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from junheng.admissions import find_personal_data, read_applications

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "admission"
PLAN, FORMS = EXAMPLE / "plan.yaml", EXAMPLE / "applications.xlsx"
REVEALS_BY = datetime.fromisoformat("2027-07-10T09:00:00+08:00")
ROLES = ("bureau", "notary", "parents")
BALLS = "hall=3 11 20 7 29 33"
Clock = Callable[[datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set what the ceremony takes for now."""

    def put(moment: datetime) -> None:
        for module in ("declaring", "revealing", "observing", "folder", "ending", "supplementing"):
            monkeypatch.setattr(f"junheng.draws.ceremony.{module}.present", lambda: moment)

    return put


@pytest.fixture
def drawn(junheng: Run, clock: Clock, tmp_path: Path) -> Path:
    """An official draw of the example, decided."""
    folder = tmp_path / "draw"
    clock(REVEALS_BY - timedelta(days=1))
    assert junheng("draw", "freeze", FORMS, "--plan", PLAN, "--out", folder).code == 0
    for role in ROLES:
        secret = tmp_path / f"{role}.txt"
        assert junheng("draw", "commit", folder, "--role", role, "--secret", secret).code == 0
    assert junheng("draw", "spec", folder, "--plan", PLAN).code == 0
    for role in ROLES:
        assert (
            junheng("draw", "reveal", folder, "--role", role, "--secret", tmp_path / f"{role}.txt").code == 0
        )
    clock(REVEALS_BY + timedelta(hours=1))
    assert junheng("draw", "beacon", folder, "--observed", BALLS).code == 0
    assert junheng("draw", "seed", folder).code == 0
    assert junheng("draw", "run", folder).code == 0
    return folder


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_a_published_draw_checks_and_a_tampered_one_does_not(
    junheng: Run, drawn: Path, tmp_path: Path
) -> None:
    public, slips = tmp_path / "public", tmp_path / "slips"
    done = junheng(
        "draw", "publish", drawn, "--out", public, "--sealed", tmp_path / "sealed", "--slips", slips
    )
    assert done.code == 0, done.err
    slip = next(slips.glob("*.json"))
    rows, results = drawn / "roll" / "rows.jsonl", drawn / "result" / "results.jsonl"
    seen = junheng("draw", "verify", public, "--rows", rows, "--results", results, "--slip", slip)
    assert seen.code == 0, seen.out
    assert "failed 0" in seen.out
    transcript = public / "transcript.json"
    content = json.loads(transcript.read_bytes())
    content["result"]["schools"][0]["taken"] += 1
    transcript.write_text(json.dumps(content), encoding="utf-8")
    assert junheng("draw", "verify", public).code == 1


def test_nothing_public_names_a_child(junheng: Run, drawn: Path, tmp_path: Path) -> None:
    """A scanner over every public file: no identity number, telephone, full name or address."""
    public = tmp_path / "public"
    assert junheng("draw", "publish", drawn, "--out", public).code == 0
    children = read_applications(FORMS).children
    names = {child.cell("name") for child in children}
    assert len(names) > 500
    for path in public.iterdir():
        assert find_personal_data(path, names=names) == [], path.name
    assert (
        find_personal_data(drawn / "private" / "identities.jsonl", names=names) != []
    )  # the scanner can see


def test_private_papers_are_for_their_owner_alone(junheng: Run, drawn: Path, tmp_path: Path) -> None:
    slips, sealed = tmp_path / "slips", tmp_path / "sealed"
    junheng("draw", "publish", drawn, "--out", tmp_path / "public", "--sealed", sealed, "--slips", slips)
    for folder in (slips, sealed):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in slips.iterdir())
    assert len(list(slips.glob("*.json"))) == len(_lines(drawn / "result" / "results.jsonl")) == 1200


def test_rows_are_not_published_where_they_single_out_children(
    junheng: Run, drawn: Path, tmp_path: Path
) -> None:
    refused = junheng("draw", "publish", drawn, "--out", tmp_path / "public", "--with-rows")
    assert refused.code == 2
    assert "不宜公布" in refused.err
    assert not (tmp_path / "public").exists()
    allowed = junheng(
        "draw",
        "publish",
        drawn,
        "--out",
        tmp_path / "public",
        "--with-rows",
        "--roll-is-public",
        "X教〔2027〕1号",
    )
    assert allowed.code == 0
    assert "failed 0" in junheng("draw", "verify", tmp_path / "public").out


def test_a_second_run_gives_the_same_bytes(junheng: Run, drawn: Path) -> None:
    """Re-applying keeps the number; another engine too."""
    before = (drawn / "result" / "results.jsonl").read_bytes()
    for engine in ("python", "numpy"):
        assert junheng("draw", "run", drawn, "--engine", engine).code == 0
        assert (drawn / "result" / "results.jsonl").read_bytes() == before


def test_steps_out_of_order_and_changed_parameters_are_refused(
    junheng: Run, clock: Clock, tmp_path: Path
) -> None:
    folder, plan = tmp_path / "draw", tmp_path / "plan"
    clock(REVEALS_BY - timedelta(days=1))
    plan.mkdir()
    for name in ("plan.yaml", "rules.yaml", "intake.yaml", "exceptions.yaml"):
        (plan / name).write_bytes((EXAMPLE / name).read_bytes())
    assert junheng("draw", "seed", folder).code == 2
    junheng("draw", "freeze", FORMS, "--plan", plan, "--out", folder)
    assert junheng("draw", "spec", folder, "--plan", plan).code == 2  # no party has committed
    for role in ROLES:
        junheng("draw", "commit", folder, "--role", role, "--secret", tmp_path / f"{role}.txt")
    assert junheng("draw", "beacon", folder, "--observed", BALLS).code == 2
    assert junheng("draw", "spec", folder, "--plan", plan).code == 0
    assert junheng("draw", "freeze", FORMS, "--plan", plan, "--out", folder).code == 2
    rules = (plan / "rules.yaml").read_text("utf-8")
    (plan / "rules.yaml").write_text(rules.replace("digits: 10", "digits: 9"), encoding="utf-8")
    changed = junheng("draw", "spec", folder, "--plan", plan)
    assert changed.code == 2
    assert "已经封存" in changed.err
    wrong = junheng("draw", "reveal", folder, "--role", "notary", "--value", "0" * 64)
    assert wrong.code == 2
    assert "承诺不符" in wrong.err


def test_a_rehearsal_never_passes_for_a_result(junheng: Run, tmp_path: Path) -> None:
    out = tmp_path / "rehearsals"
    assert junheng("draw", "rehearse", FORMS, "--plan", PLAN, "--out", out, "--times", 2).code == 0
    roots = {json.loads((out / n / "result" / "result.json").read_bytes())["root"] for n in ("01", "02")}
    assert len(roots) == 2  # the numbers differ each time
    public = tmp_path / "public"
    assert junheng("draw", "publish", out / "01", "--out", public).code == 0
    assert all(path.name.startswith("rehearsal-") for path in public.iterdir())
    assert "这是一次演练" in junheng("draw", "verify", public).out.replace("\n", "")


def test_a_struck_off_child_moves_few_others(junheng: Run, drawn: Path) -> None:
    admitted = next(leaf for leaf in _lines(drawn / "result" / "results.jsonl") if leaf["school"])
    done = junheng("draw", "strike-off", drawn, "--pid", admitted["pid"], "--reason", "放弃入学")
    assert done.code == 0, done.err
    correction = json.loads((drawn / "corrections" / "0001.json").read_bytes())
    assert len(correction["differences"]) < 12  # of 1,200: a seeded shuffle would move hundreds
    assert junheng("draw", "strike-off", drawn, "--pid", admitted["pid"], "--reason", "again").code == 2


@pytest.mark.parametrize(
    ("observed", "said"),
    [
        ("hall=3 11 20 7 29", "现场摇球"),
        ("hall=3 3 20 7 29 33", "hall"),
        ("sky=1", "sky"),
        ("hall", "--observed"),
    ],
)
def test_a_beacon_that_is_not_the_declared_one_is_refused(
    observed: str, said: str, junheng: Run, tmp_path: Path
) -> None:
    out = tmp_path / "r"
    junheng("draw", "rehearse", FORMS, "--plan", PLAN, "--out", out)
    refused = junheng("draw", "beacon", out, "--observed", observed)
    assert refused.code == 2
    assert "Error" in refused.err
    assert said in refused.err or "已经封存" in refused.err or "hall" in refused.err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("draw_id: XX", "缺少"),
        ("kindd: admission\n", "不认识"),
        ("kind: lottery", "只能是"),
        ("rules: none.yaml", "找不到"),
        ("- a list", "键和值"),
    ],
)
def test_a_plan_out_of_shape_is_refused_with_its_key(
    change: str, said: str, junheng: Run, tmp_path: Path
) -> None:
    text = PLAN.read_text("utf-8")
    key = change.partition(":")[0]
    lines = [change if line.startswith(f"{key}:") else line for line in text.splitlines()]
    if change.startswith("draw_id"):
        lines = [line for line in lines if not line.startswith("draw_id")]
    if change.startswith("kindd"):
        lines.append(change)
    if change.startswith("-"):
        lines = [change]
    for name in ("rules.yaml", "intake.yaml", "exceptions.yaml"):
        (tmp_path / name).write_bytes((EXAMPLE / name).read_bytes())
    (tmp_path / "plan.yaml").write_text("\n".join(lines), encoding="utf-8")
    refused = junheng("draw", "freeze", FORMS, "--plan", tmp_path, "--out", tmp_path / "draw")
    assert refused.code == 2
    assert said in refused.err
    assert not (tmp_path / "draw").exists()


def test_the_ceremony_leads_through_and_forgives_a_slip_of_the_hand(
    junheng: Run, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "draw"
    clock(REVEALS_BY - timedelta(days=1))
    answers = iter([*("" for _ in range(9)), "3 11 20 7 29 99"])

    def prompt(_text: str, **_more: object) -> str:
        answer = next(answers, None)
        if answer is None:
            clock(REVEALS_BY + timedelta(hours=1))
            return "3 11 20 7 29 33"
        return answer

    monkeypatch.setattr("typer.prompt", prompt)
    asked: list[str] = []
    monkeypatch.setattr("typer.confirm", lambda text, **_more: asked.append(text) or True)
    done = junheng("draw", "ceremony", folder, "--plan", PLAN, "--applications", FORMS)
    assert done.code == 0, done.err
    assert asked  # the wrong ball was told and asked again
    assert (tmp_path / "draw-public" / "transcript.json").is_file()
    assert "抽 签 完 成" in done.out

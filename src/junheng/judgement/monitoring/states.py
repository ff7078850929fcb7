"""Reading states: finding folders of several years, and the tables they were made from."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from junheng.basics import Text, UserError, sha256_file
from junheng.data import Snapshot, check_snapshot, read_input
from junheng.judgement.finding import Finding, findings_in, read_finding
from junheng.judgement.monitoring.fact_names import Over
from junheng.judgement.monitoring.from_finding import finding_subjects
from junheng.judgement.monitoring.from_tables import with_tables, year_tables
from junheng.judgement.monitoring.state import State, Subject

Stamp = tuple[tuple[str, int, int], ...]
_KEPT = 2  # inputs held checked: the counties of a province, watched one after another, have one in common


def read_states(folders: Sequence[Path], tables: Sequence[Path] = ()) -> tuple[State, ...]:
    """The states of one county, by year: one finding a year, in any order.

    ``tables``: the inputs (workbook or folder), for classes, rooms, entrants and zones; without them the rules that
    need these are told as unwatched. Raises UserError where two findings are of one year, or of several counties or
    standards.
    """
    findings = [read_finding(path) for folder in folders for path in findings_in(folder)]
    snapshots = [_checked(path, _stamp(path)) for path in tables]
    states = [state_of(finding, snapshots) for finding in findings]
    _require_one(states)
    return tuple(sorted(states, key=lambda state: state.year))


def _stamp(path: Path) -> Stamp:
    """Name, size and time of every file of an input: another stamp, another reading."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    stats = ((str(one), one.stat()) for one in files if one.exists())
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


@lru_cache(maxsize=_KEPT)
def _checked(path: Path, _of: Stamp) -> Snapshot:
    return check_snapshot(read_input(path)).snapshot


def tables_of(tables: Sequence[Path], year: int) -> Path:
    """The input among ``tables`` that holds ``year``. Raises UserError where none does."""
    for path in tables:
        if year in read_input(path).years():
            return path
    raise UserError(
        Text(f"填报数据中没有 {year} 年", f"No input holds {year}"),
        why=Text("今后各年由该年的资源推算", "the years ahead are judged with that year's resources"),
        fix=Text("请用 --tables 给出该年的填报数据", "name that year's input with --tables"),
    )


def state_of(finding: Finding, snapshots: Sequence[Snapshot] = ()) -> State:
    """The state a finding tells, with the facts of the snapshots that hold its year."""
    county = finding.verdict["county"]
    subjects: dict[Over, list[Subject]] = finding_subjects(finding)
    for snapshot in snapshots:
        if finding.year in snapshot.years():
            found = year_tables(snapshot, finding.year, str(county["code"]))
            if found.schools:
                subjects = with_tables(subjects, found)
    return State(
        finding.year,
        str(finding.verdict["standard"]),
        str(county["code"]),
        str(county["name"]),
        subjects,
        finding.folder.name,
        sha256_file(finding.folder / "verdict.json"),
        frozenset((subject.school_id, subject.stage) for subject in subjects["school"]),
    )


def _require_one(states: Sequence[State]) -> None:
    if not states:
        raise _refused(Text("没有给出结论文件夹", "no finding was given"))
    for kind, values in (
        (Text("个县", "counties"), {state.county_code for state in states}),
        (Text("个标准", "standards"), {state.standard for state in states}),
    ):
        if len(values) > 1:
            listed = "、".join(sorted(values))
            raise _refused(
                Text(
                    f"给出的结论属于 {len(values)} {kind.zh}：{listed}",
                    f"the findings are of {len(values)} {kind.en}: {listed}",
                )
            )
    years = [state.year for state in states]
    doubled = sorted({year for year in years if years.count(year) > 1})
    if doubled:
        raise _refused(
            Text(f"{doubled[0]} 年有不止一份结论", f"there is more than one finding of {doubled[0]}")
        )


def _refused(what: Text) -> UserError:
    return UserError(
        what,
        why=Text(
            "监测比较同一县、同一标准的各年", "monitoring compares the years of one county by one standard"
        ),
        fix=Text("每年给一份结论，一县一标准", "give one finding a year, of one county and one standard"),
    )

"""The tables of a forecast: warnings first, then seats by zone, back-test, schools, what it rests on."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.forecast.balance import level_of, seats_by_area, seats_by_rooms
from junheng.planning.forecast.telling_basis import basis_tables
from junheng.planning.forecast.telling_unknown import unreported_table
from junheng.planning.forecast.words import (
    LEVELS,
    MARKS,
    MISSING,
    RANGE,
    RULES,
    SCOPES,
    VERDICTS,
    size_text,
    stage_text,
)
from junheng.planning.frozen import Json, exact, number
from junheng.planning.tables import Cell, Column, Table, column

GRAVITY = ("red", "orange", "yellow", "cannot_tell", "surplus", "enough")
_PRINTED = (0, 1, 3, 5)  # leads of the back-test that are shown


def tables(problem: Json, outcome: Json) -> tuple[Table, ...]:
    """Everything an officer wants to see; a table without rows is left out."""
    made = (
        _warnings(problem, outcome),
        _zones(problem, outcome),
        _tests(problem, outcome),
        _uneven(problem, outcome),
        _schools(problem, outcome),
        _entrants(problem, outcome),
        _estates(problem, outcome),
        _cannot(problem, outcome),
        unreported_table(problem),
        *basis_tables(problem, outcome),
    )
    return tuple(_printed(table) for table in made if table.rows)


def _printed(table: Table) -> Table:
    """Numbers with the digits their column shows, half away from 0: what is compared has been compared before."""
    rows = [
        tuple(
            _to_digits(cell, head.digits) if isinstance(cell, Fraction) else cell
            for cell, head in zip(row, table.columns, strict=True)
        )
        for row in table.rows
    ]
    return Table(table.name, table.columns, rows, table.note)


def _to_digits(value: Fraction, digits: int) -> Fraction:
    scaled = (abs(value) * 10**digits + Fraction(1, 2)).__floor__()
    return Fraction(scaled if value >= 0 else -scaled, 10**digits)


def table(
    zh: str, en: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], note: Text | None = None
) -> Table:
    """A table of the kind."""
    return Table(Text(zh, en), columns, [*rows], note)


def _get(row: Json, key: str) -> Fraction | None:
    return exact(row[key]) if key in row else None


def _zone_names(problem: Json) -> dict[str, str]:
    return {row["id"]: row["name"] for row in problem["zones"]}


def _school_names(problem: Json) -> dict[str, str]:
    return {row["id"]: row["name"] for row in problem["schools"]}


def _warnings(problem: Json, outcome: Json) -> Table:
    columns = [
        *(column("级别", "level"), column("片区", "zone"), column("学段", "stage"), column("年份", "year")),
        *(
            column("中情景缺学位", "short, middle path", "个"),
            column("高情景缺学位", "short, high path", "个"),
        ),
    ]
    names, ahead = _zone_names(problem), problem["warnings"]["ahead"]
    rows = [
        (
            *(LEVELS[row["level"]], names[row["zone"]], stage_text(row["stage"]), row["year"]),
            *(exact(row["short_mid"]), exact(row["short"])),
        )
        for row in outcome["warnings"]
    ]
    note = Text(
        f"提前 {ahead} 年告知；负数是还剩的学位。红：中情景学生多于学位；橙：只有高情景多于；黄：中情景接近用满（分级自设，见问题文件）",
        f"told {ahead} years ahead; a negative number is what is left. Red: the middle path exceeds the seats; orange: only "
        "the high path does; yellow: nearly full (levels are our own)",
    )
    return table("学位预警", "warnings", columns, rows, note)


def _zones(problem: Json, outcome: Json) -> Table:
    columns = [
        *(column("片区", "zone"), column("学段", "stage"), column("年份", "year"), column("级别", "level")),
        *(
            column("中情景", "middle", "人"),
            column("学位（班额）", "seats by rooms", "个"),
            column("余缺（中）", "left or short, middle", "个"),
            column("面积余缺（中）", "left or short by area", "个"),
        ),
        *(
            column("低情景", "low", "人"),
            column("高情景", "high", "人"),
            column("学位（面积）", "seats by area", "个"),
        ),
    ]
    names, rows = _zone_names(problem), []
    for row in sorted(outcome["zones"], key=_gravity):
        seats, area, mid = _get(row, "seats"), _get(row, "area_seats"), _get(row, "mid")
        rows.append(
            (
                *(names[row["zone"]], stage_text(row["stage"]), row["year"], LEVELS[row["level"]]),
                *(mid, seats, None if seats is None or mid is None else seats - mid),
                None if area is None or mid is None else area - mid,
                *(_get(row, "low"), _get(row, "high"), area),
            )
        )
    note = Text(
        "学位（班额）= 教室数 × 班额上限；学位（面积）= ⌊面积 ÷ 标准⌋，取各面积指标最小者。负的余缺是缺；"
        f"空白是缺数据，不是 0；{RANGE.zh}；从最重到最轻",
        "seats by rooms: classrooms × class-size limit; by area: ⌊area ÷ line⌋, the least of the indicators. Negative: short; "
        f"blank: unknown, not 0; {RANGE.en}; the gravest first",
    )
    return table("片区余缺", "seats by zone", columns, rows, note)


def _gravity(row: Json) -> tuple[int, Fraction, int, str, str]:
    """The gravest level first, then what lacks most, then the earliest."""
    spare = exact(row["seats"]) - exact(row["mid"]) if "seats" in row and "mid" in row else Fraction(0)
    return GRAVITY.index(row["level"]), spare, row["year"], row["zone"], row["stage"]


def _tests(problem: Json, outcome: Json) -> Table:
    columns = [
        *(
            column("范围", "scope"),
            column("提前", "lead", "年"),
            column("学段", "stage"),
            column("学校规模", "size"),
        ),
        *(
            *(Column(RULES[rule], "%", 1) for rule in RULES),
            column("结论", "result"),
            column("次数", "points", "次"),
        ),
    ]
    rows = []
    for row in outcome["tests"]:
        if row["lead"] in _PRINTED:
            errors = [_share(row, rule) for rule in RULES]
            rows.append(
                (
                    *(SCOPES[row["scope"]], row["lead"], stage_text(row.get("stage", ""))),
                    *(size_text(problem, row.get("size")), *errors, _better(errors), row["points"]),
                )
            )
    note = Text(
        "站在以前各年、只用当时已知的数据预测，再与实际比：Σ|预测-实际| ÷ Σ实际。三种做法比的是同一批学校和年份",
        "forecast from each earlier year with what was known then, compared with what came: Σ|forecast - actual| ÷ Σ actual, "
        "all three rules on the same schools and years",
    )
    return table("滚动回测", "back-test", columns, rows, note)


def _share(row: Json, rule: str) -> Fraction | None:
    whole = exact(row["actual"])
    return exact(row[rule]) / whole * 100 if rule in row and whole else None


def _better(errors: list[Fraction | None]) -> Text:
    own, *others = errors
    if own is None or any(other is None for other in others):
        return Text("无从比较", "nothing to compare with")
    worse = [
        rule
        for rule, other in zip(("repeat", "mean3"), others, strict=True)
        if other is not None and own >= other
    ]
    if not worse:
        return Text("优于两者", "better than both")
    return Text(
        "不优于" + "、".join(RULES[rule].zh for rule in worse),
        "not better than " + ", ".join(RULES[r].en for r in worse),
    )


def _schools(problem: Json, outcome: Json) -> Table:
    columns = [
        *(
            column("学校", "school"),
            column("学段", "stage"),
            column("年份", "year"),
            column("中情景", "middle", "人"),
        ),
        *(column("区间下限", "interval from", "人"), column("区间上限", "interval to", "人")),
        *(column("余缺（中）", "left or short", "个"), column("须核对", "look again")),
        *(column("学位（班额）", "seats by rooms", "个"), column("面积可容", "P_max by area", "人")),
        *(column("低情景", "low", "人"), column("高情景", "high", "人"), column("学校标识码", "school id")),
    ]
    names, rooms, areas = _school_names(problem), seats_by_rooms(problem), seats_by_area(problem)
    rows: list[tuple[Cell, ...]] = []
    for row in outcome["pupils"]:
        unit, mid = (row["school"], row["stage"]), exact(row["mid"])
        seats = rooms.get((unit, row["year"]))
        rows.append(
            (
                *(names[row["school"]], stage_text(row["stage"]), row["year"], mid),
                *(_get(row, "from"), _get(row, "to"), None if seats is None else seats - mid, _marks(row)),
                *(seats, areas.get(unit), exact(row["low"]), exact(row["high"]), row["school"]),
            )
        )
    rows.sort(key=lambda row: (row[6] is None, row[6] if isinstance(row[6], Fraction) else 0))
    level = f"{float(exact(problem['method']['level'])):.0%}"
    note = Text(
        f"区间：同规模学校、同样提前年数的回测中，{level} 的实际落在其中；回测不够就空白；{RANGE.zh}；从最缺到最余",
        f"interval: {level} of past forecasts of such schools and leads had the truth within; blank where too few; "
        f"{RANGE.en}; the shortest first",
    )
    return table("学校预测", "schools", columns, rows, note)


def _marks(row: Json) -> Text | None:
    words = [MARKS[word] for word in row.get("marks", [])]
    return Text("；".join(w.zh for w in words), "; ".join(w.en for w in words)) if words else None


def _uneven(problem: Json, outcome: Json) -> Table:
    """Schools of the last year that are short of seats or far from full, by the lines of the zones."""
    columns = [
        *(
            column("学校标识码", "school id"),
            column("学校", "school"),
            column("片区", "zone"),
            column("学段", "stage"),
        ),
        *(column("级别", "level"), column("中情景", "middle", "人"), column("学位", "seats", "个")),
        *(column("余缺", "left or short", "个"), column("利用率", "use", "%", 1)),
    ]
    names, zones, rooms = _school_names(problem), _zone_names(problem), seats_by_rooms(problem)
    last = max(problem["years"])
    rows: list[tuple[Cell, ...]] = []
    for row in outcome["pupils"]:
        seats = rooms.get(((row["school"], row["stage"]), last))
        if row["year"] != last or not seats:
            continue
        level = level_of(problem["warnings"], row | {"seats": number(seats)})
        if level != "enough":
            mid = exact(row["mid"])
            who = (row["school"], names[row["school"]], zones[row["zone"]], stage_text(row["stage"]))
            rows.append((*who, LEVELS[level], mid, seats, seats - mid, mid / seats * 100))
    rows.sort(key=lambda row: (row[7], row[0]))
    note = Text(f"{last} 年；从最缺到最余", f"{last}; from the shortest to the emptiest")
    return table("缺余学校", "uneven schools", columns, rows, note)


def _entrants(problem: Json, outcome: Json) -> Table:
    columns = [
        *(column("片区", "zone"), column("年份", "year"), column("低情景", "low", "人")),
        *(column("中情景", "middle", "人"), column("高情景", "high", "人")),
    ]
    names = _zone_names(problem)
    rows: list[tuple[Cell, ...]] = [
        (names[row["zone"]], row["year"], *(exact(row[name]) for name in ("low", "mid", "high")))
        for row in outcome["entrants"]
    ]
    return table("一年级新生", "first grade", columns, rows, RANGE)


def _estates(problem: Json, outcome: Json) -> Table:
    columns = [
        *(
            column("小区", "estate"),
            column("片区", "zone"),
            column("交付年", "delivered"),
        ),
        *(
            column("小学生", "primary pupils", "人"),
            column("初中生", "junior pupils", "人"),
            column("应配建", "must bring"),
        ),
        *(
            column("配建学校", "school it brings"),
            column("结论", "verdict"),
            column("晚几年", "years late", "年"),
            column("户数", "households", "户"),
        ),
    ]
    estates, zones = {row["id"]: row for row in problem["estates"]}, _zone_names(problem)
    names, rows = _school_names(problem), []
    for row in outcome["estates"]:
        own = estates[row["estate"]]
        must = [stage_text(stage) for stage in row["must"]]
        rows.append(
            (
                *(own["name"], zones[own["zone"]], str(own["delivered"])),
                *(_get(row["needed"], "primary"), _get(row["needed"], "junior")),
                Text("、".join(m.zh for m in must) or "—", ", ".join(m.en for m in must) or "—"),
                names.get(own.get("school", ""), own.get("school", "—")),
                *(VERDICTS[row["verdict"]], row.get("late_years"), own["households"]),
            )
        )
    note = Text(
        "住满后的学生数；够开一所最小完全规模学校（班数见问题文件）的小区须同步规划、同步建设、同步交付学校",
        "pupils once it is full; an estate that fills the smallest full school must bring one: planned, built, opened together",
    )
    return table("新建小区配建", "estates", columns, rows, note)


def _cannot(problem: Json, outcome: Json) -> Table:
    columns = [
        *(column("学校标识码", "school id"), column("学校", "school"), column("学段", "stage")),
        *(column("从哪年起", "from"), column("缺什么", "what is missing")),
    ]
    names = _school_names(problem)
    rows = [
        (
            *(row["school"], names[row["school"]], stage_text(row["stage"]), str(row["from"])),
            Text(
                "；".join(MISSING[m].zh for m in row["missing"]),
                "; ".join(MISSING[m].en for m in row["missing"]),
            ),
        )
        for row in outcome["cannot"]
    ]
    return table("不能预测", "cannot forecast", columns, rows)

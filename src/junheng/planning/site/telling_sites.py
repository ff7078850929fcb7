"""Tables of the sites in the leading scenario: year by year, estates,
closings and where children go, seats left over."""

from collections import Counter

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.site.telling_words import KINDS, SCENARIOS, last_first, lead_of, names_of, seats_of
from junheng.planning.tables import Cell, Table, column


def _title(problem: Json, zh: str, en: str) -> Text:
    word = SCENARIOS[problem["lead"]]
    return Text(f"{zh}（{word.zh}）", f"{en} ({word.en})")


def kind_of(row: Json, told: Json) -> Text:
    """What a site does in a plan, in words."""
    if not row["existing"]:
        return KINDS["open" if told["open"][-1] else "none"]
    if not told["open"][-1]:
        return KINDS["close"]
    return KINDS["expand" if told["classes"][-1] > row["classes"][-1] else "keep"]


def sites(problem: Json, outcome: Json) -> Table:
    """Every site by year: classes, seats, pupils."""
    plan, rows = lead_of(problem, outcome), {row["id"]: row for row in problem["sites"]}
    columns = [column("校址编号", "site id"), column("名称", "name"), column("做什么", "what")]
    for year in last_first(problem["years"]):
        columns += [column(f"{year} 班", f"{year} classes", "班"), column(f"{year} 学位", f"{year} seats", "个"),
                    column(f"{year} 学生", f"{year} pupils", "人")]  # fmt: skip
    found = []
    for told in plan["sites"]:
        row = rows[told["site"]]
        years = zip(told["classes"], seats_of(problem, row, told), told["pupils"], strict=True)
        cells: list[Cell] = [cell for year in last_first([*years]) for cell in year]
        found.append((row["id"], row["name"], kind_of(row, told), *cells))
    note = Text(
        "规划末年在前，其余年份依次在后。班：开办的教室都编班，运行费也按此计。0 班：未开办",
        "the last year comes first. Every open classroom is a class, and paid for as one. 0 classes: not open",
    )
    return Table(_title(problem, "各校各年", "schools by year"), columns, found, note)


def estates(problem: Json, outcome: Json) -> Table:
    """Schools that estates must bring: due, and when they open in the plan (同步规划、建设、交付)."""
    plan = lead_of(problem, outcome)
    told = {row["site"]: row for row in plan["sites"]}
    columns = [
        *(
            column("小区", "estate"),
            column("学校", "school"),
            column("须建成年份", "year due"),
            column("开办年份", "year it opens"),
        ),
        column("班数", "classes", "班"),
    ]
    rows = [
        (
            *(row["must"].get("estate"), row["name"], row["must"]["year"]),
            next(y for y, is_open in zip(problem["years"], told[row["id"]]["open"], strict=True) if is_open),
            told[row["id"]]["classes"][-1],
        )
        for row in problem["sites"]
        if "must" in row
    ]
    return Table(_title(problem, "配建学校", "schools of estates"), columns, rows)


def closings(problem: Json, outcome: Json) -> Table:
    """Closed schools, and where the blocks nearest to them send their children in the last year."""
    plan, names = lead_of(problem, outcome), names_of(problem)
    rows = {row["id"]: row for row in problem["sites"]}
    found = []
    for site, (blocks, goes) in destinations(problem, outcome).items():
        to = "、".join(f"{names[other]} {count}" for other, count in goes.most_common() if count)
        told = next(row for row in plan["sites"] if row["site"] == site)
        year = next(y for y, is_open in zip(problem["years"], told["open"], strict=True) if not is_open)
        points = "、".join(names[other] for other in goes if goes[other] and is_point(names[other]))
        doubt = Text(f"去向有教学点：{points}", f"onto a teaching point: {points}") if points else None
        found.append((site, names[site], year, rows[site]["classes"][-1], blocks, to or None, doubt))
    columns = [
        *(
            column("校址编号", "site id"),
            column("学校", "school"),
            column("年份", "year"),
            column("腾出教室", "classrooms freed", "间"),
        ),
        *(
            column("最近片块", "blocks nearest to it", "个"),
            column("这些片块末年去向（人）", "where their children go in the last year"),
            column("须核", "to check"),
        ),
    ]
    note = Text(
        "这里只算得失；撤并前须论证、听证、公示、逐级报批，一至三年级不寄宿（国办发〔2018〕27号、〔2012〕48号），见撤并规划",
        "figures only: a closure needs argument, hearing, notice and approval; see the plan of mergers",
    )
    return Table(_title(problem, "撤并去向", "closings"), columns, found, note)


def is_point(name: str) -> bool:
    """Whether a site is a teaching point 教学点, by its name: the tables have no other word for it."""
    return "教学点" in name


def onto_points(problem: Json, outcome: Json) -> list[str]:
    """Closed schools of whose children some go to a teaching point in the last year."""
    names = names_of(problem)
    found = destinations(problem, outcome)
    return [site for site, (_, goes) in found.items() if any(goes[to] and is_point(names[to]) for to in goes)]


def destinations(problem: Json, outcome: Json) -> dict[str, tuple[int, Counter[str]]]:
    """Closed schools: how many blocks are nearest to each, and their children of the last year by school."""
    plan, rows = lead_of(problem, outcome), {row["id"]: row for row in problem["sites"]}
    shut = [t["site"] for t in plan["sites"] if rows[t["site"]]["existing"] and not t["open"][-1]]
    found = {}
    for site, blocks in _nearest_to(problem, rows, shut).items():
        goes: Counter[str] = Counter()
        for block in blocks:
            for other, pupils in plan["flows"].get(block, {}).items():
                goes[other] += pupils[-1]
        found[site] = len(blocks), goes
    return found


def _nearest_to(problem: Json, rows: dict[str, Json], shut: list[str]) -> dict[str, list[str]]:
    """Blocks by the closed school that is the nearest of all standing ones."""
    found: dict[str, list[str]] = {site: [] for site in shut}
    for block in problem["blocks"]:
        standing = [(length, site) for site, length in block["ways"].items() if rows[site]["existing"]]
        if standing and min(standing)[1] in found:
            found[min(standing)[1]].append(block["id"])
    return found


def idle(problem: Json, outcome: Json) -> Table:
    """Seats left over at open schools, by year."""
    plan, rows = lead_of(problem, outcome), {row["id"]: row for row in problem["sites"]}
    columns = [
        *(column("校址编号", "site id"), column("名称", "name")),
        *(column(f"{year} 年", f"{year}", "个") for year in last_first(problem["years"])),
    ]
    found = []
    for told in plan["sites"]:
        row = rows[told["site"]]
        left = [
            seats - pupils if is_open else None
            for seats, pupils, is_open in zip(
                seats_of(problem, row, told), told["pupils"], told["open"], strict=True
            )
        ]
        if any(left):
            found.append((row["id"], row["name"], *last_first(left)))
    return Table(_title(problem, "空余学位", "seats left over"), columns, found)

"""What a forecast does not know or only assumes: unreported years, ratios stated,
schools to look at twice."""

from collections import Counter
from collections.abc import Iterator

from junheng.basics import Text
from junheng.planning.forecast.case import Case, Unit
from junheng.planning.forecast.words import MARKS, UNREPORTED, stage_text
from junheng.planning.frozen import Json, exact
from junheng.planning.tables import Cell, Column, Table


def empty_years(problem: Json) -> list[int]:
    """Years between the first and the base year of which no school reported anything."""
    told = {row["year"] for row in problem["history"]}
    return [year for year in range(min(told, default=0), problem["base_year"]) if told and year not in told]


def _silent(problem: Json) -> Iterator[tuple[int, Unit, str]]:
    """School-stages that stand in a year and are not known by grade, with the reason; not those of empty years."""
    case, empty = Case(problem), set(empty_years(problem))
    why = {((row["school"], row["stage"]), row["year"]): row["why"] for row in problem["blanks"]}
    for unit, first in sorted(case.heard_of.items()):
        for year in range(first, problem["base_year"] + 1):
            if year not in empty and year not in case.graded[unit] and case.stands(unit, year):
                reason = why.get((unit, year)) or ("total" if year in case.totals[unit] else "none")
                yield year, unit, reason


def unreported(problem: Json) -> list[Text]:
    """One sentence on years and schools whose pupils are not known, and what follows from it."""
    if problem["mode"] == "given":
        return []
    years, count = empty_years(problem), len([*_silent(problem)])
    if not years and not count:
        return []
    zh = [f"整年缺 {'、'.join(map(str, years))} 年"] if years else []
    en = [f"no pupils at all of {', '.join(map(str, years))}"] if years else []
    if count:
        zh.append(f"另有 {count} 个学校学年没有分年级的数" if years else f"{count} 个学校学年没有分年级的数")
        en.append(f"{count} school-years without grades")
    return [
        Text(
            f"在校生{'，'.join(zh)}：那一年、那个片区（初中：全县）不用来估计入学比和份额，见“未报在校生”表",
            f"pupils: {', '.join(en)}; such a year is not used for entry ratios and shares of its zone (junior: the "
            "county), see the table of unreported pupils",
        )
    ]


def unreported_table(problem: Json) -> Table:
    """Every school-year that is not known by grade; a year that nobody reported is one row."""
    heads = (
        ("年份", "year"),
        ("学校", "school"),
        ("学段", "stage"),
        ("原因", "why"),
        ("学校标识码", "school id"),
    )
    columns = [Column(Text(*head)) for head in heads]
    names = {row["id"]: row["name"] for row in problem["schools"]}
    rows: list[tuple[Cell, ...]] = [
        (year, Text("全部学校", "all schools"), stage_text(""), UNREPORTED["none"], None)
        for year in empty_years(problem)
    ]
    if problem["mode"] != "given":
        rows += [
            (year, names[unit[0]], stage_text(unit[1]), UNREPORTED[why], unit[0])
            for year, unit, why in sorted(_silent(problem))
        ]
    note = Text(
        "不知道不是 0：有学校未报的年份，片区（初中：全县）的新生与毕业生合计不完整，不用于入学比和份额",
        "unknown is not 0: where a school is silent, the sums of its zone (junior: of the county) are not whole and not used",
    )
    return Table(Text("未报在校生", "unreported pupils"), columns, rows, note)


def assumption(outcome: Json) -> list[Text]:
    """That upper grades rest on ratios the problem states; nothing where history told all of them."""
    values = sorted({exact(row["ratio"]) for row in outcome["ratios"]["county"] if "assumed" in row})
    if not values:
        return []
    said = "、".join(f"{float(value):g}" for value in values)
    return [
        Text(
            f"高年级按所设的升级率（{said}）推算：这是假设，不是从历史估计的",
            f"upper grades move by ratios that are assumed ({said}), not estimated from history",
        )
    ]


def marked(outcome: Json) -> list[Text]:
    """How many school-stages bear each mark."""
    units = {
        (row["school"], row["stage"], word) for row in outcome["pupils"] for word in row.get("marks", [])
    }
    count = Counter(word for *_, word in units)
    if not count:
        return []
    zh = "；".join(f"{MARKS[word].zh}（{n} 个学校学段）" for word, n in sorted(count.items()))
    en = "; ".join(f"{MARKS[word].en} ({n} school-stages)" for word, n in sorted(count.items()))
    return [Text(f"须核对：{zh}", f"look again: {en}")]

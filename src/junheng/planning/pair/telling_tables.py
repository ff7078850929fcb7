"""The tables of a pairing plan: pairs, ties, loads, who is left, coverage, alliances, changes."""

from collections import Counter
from collections.abc import Iterable, Sequence

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Json, exact
from junheng.planning.pair.schools import missing_text
from junheng.planning.pair.telling_words import sentence
from junheng.planning.tables import Cell, Column, Table, column

_PLACES = {"city": Text("城区", "city"), "town": Text("镇区", "town"), "rural": Text("乡村", "rural")}
_ALLIANCE = {
    "active": Text("有往来", "working together"),
    "paper": Text("有名无实", "on paper only"),
    "part_year": Text("未满一年，不判断", "joined within the year: not judged"),
    "cannot_tell": Text("缺记录，无法判定", "records lack: cannot tell"),
}
_CHANGE = {
    "more": Text("成员校变化更大", "members changed more"),
    "less": Text("成员校变化更小", "members changed less"),
    "no_difference": Text("看不出差别", "no difference shown"),
    "cannot_tell": Text("学校太少，无法判定", "too few schools: cannot tell"),
}
_AGREES = {
    "both": Text("截断、四舍五入都相符", "agrees, truncated and rounded"),
    "truncate": Text("按截断相符", "agrees when truncated"),
    "round": Text("按四舍五入相符", "agrees when rounded"),
    "neither": Text("不相符", "does not agree"),
}
_NOT_CAUSAL = Text(
    "差中差：成员校的变化减可比学校（同学段、同城乡、起点相近、期间未入集团）的变化。学校不是随机加入的，差别不等于由集团化造成",
    "difference in differences: members less comparable schools (same stage and place, like start, in no group). "
    "Schools did not join at random: a difference is not an effect",
)
_POINTS = Text(
    "需要（点）：表里写明的为准；否则是教师三项指标离标准的差距，每差标准的千分之一计 1 点，各项、各学段相加",
    "need in points: as written in the sheet; else a point for each thousandth of the line that the three indicators "
    "of teachers lack, added up",
)


def tables(problem: Json, outcome: Json) -> tuple[Table, ...]:
    """Everything an officer wants to see; a table without rows is left out."""
    names = {school["id"]: school["name"] for school in problem["schools"]}
    made = (
        _pairs(outcome, names),
        _kept(outcome, names),
        _loads(problem, outcome, names),
        _left(outcome, names),
        _untold(problem, names),
        _coverage(problem, outcome),
        _published(problem, outcome),
        _alliances(problem, outcome, names),
        _changes(problem, outcome),
        _sets(problem, outcome, names),
        _binding(problem, outcome, names),
    )
    return tuple(table for table in made if table.rows)


def _table(
    zh: str, en: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], note: Text | None = None
) -> Table:
    return Table(Text(zh, en), columns, [*rows], note)


def _stages(stages: Iterable[str]) -> Text:
    found = [STAGE_NAMES[stage] for stage in stages]
    return Text("、".join(s.zh for s in found), ", ".join(s.en for s in found))


def _pairs(outcome: Json, names: dict[str, str]) -> Table:
    columns = [
        *(
            column("强校代码", "strong school id"),
            column("强校", "strong school"),
            column("薄弱校代码", "weak school id"),
        ),
        *(
            column("薄弱校", "weak school"),
            column("形式", "form"),
            column("集团", "group"),
            column("学段", "stages"),
        ),
        *(column("需要", "need", "点"), column("路程", "distance", "km", 1), column("理由", "reason")),
    ]
    rows = [
        (
            *(
                row["core"],
                names[row["core"]],
                row["member"],
                names[row["member"]],
                row["form"],
                _group(row["group"]),
            ),
            *(_stages(row["stages"]), row["need"], exact(row["metres"]) / 1000, Text(row["zh"], row["en"])),
        )
        for row in outcome["pairs"]
    ]
    return _table("新结对", "proposed pairs", columns, rows, _POINTS)


def _group(group: str) -> Cell:
    return Text("新", "new") if group.startswith("new:") else group


def _kept(outcome: Json, names: dict[str, str]) -> Table:
    columns = [
        *(
            column("集团编号", "group id"),
            column("名称", "name"),
            column("形式", "form"),
            column("核心校", "core"),
        ),
        *(column("成员校", "member"), column("加入日期", "joined")),
    ]
    rows = [
        (row["group"], row["name"], row["form"], names[row["core"]], names[row["member"]], row["joined"])
        for row in outcome["kept"]
    ]
    return _table(
        "现有结对", "ties kept", columns, rows, Text("未解除的结对保留不动", "ties not dissolved stay")
    )


def _loads(problem: Json, outcome: Json, names: dict[str, str]) -> Table:
    kept = Counter(row["core"] for row in outcome["kept"])
    new = Counter(row["core"] for row in outcome["pairs"])
    most = problem["rules"]["most_partners"]
    own = {s["id"]: s.get("partners", most) for s in problem["schools"]}
    columns = [
        *(
            column("学校代码", "school id"),
            column("学校", "school"),
            column("已带", "kept", "所"),
            column("新带", "new", "所"),
        ),
        *(column("最多", "most", "所"), column("超过", "beyond", "所")),
    ]
    rows = [
        (key, names[key], kept[key], new[key], own[key], max(0, kept[key] + new[key] - own[key]))
        for key in sorted(kept.keys() | new.keys())
    ]
    note = Text(
        "现有结对超过上限的不解除，只是不再加", "ties beyond the limit are not dissolved; none is added"
    )
    return _table("强校负担", "load of strong schools", columns, rows, note)


def _left(outcome: Json, names: dict[str, str]) -> Table:
    columns = [
        column("学校代码", "school id"),
        column("学校", "school"),
        column("需要", "need", "点"),
        column("原因", "reason"),
    ]
    rows = [(r["school"], names[r["school"]], r["need"], Text(r["zh"], r["en"])) for r in outcome["unserved"]]
    return _table("未安排", "not paired", columns, rows)


def _untold(problem: Json, names: dict[str, str]) -> Table:
    columns = [
        column("学校代码", "school id"),
        column("学校", "school"),
        column("先补的数据", "data needed first"),
    ]
    rows = [
        (r["school_id"], names[r["school_id"]], missing_text(r["missing"])) for r in problem["cannot_tell"]
    ]
    return _table("无法判断", "cannot tell", columns, rows)


def _coverage(problem: Json, outcome: Json) -> Table:
    columns = [
        *(
            column("时点", "when"),
            column("范围", "part"),
            column("集团（对）", "groups", "个"),
            column("学校", "schools", "所"),
        ),
        *(
            column("全部学校", "all schools", "所"),
            column("占比（公布口径）", "share as printed", "%"),
            column("占比", "share", "%", 4),
        ),
    ]
    rows: list[Sequence[Cell]] = []
    for when, told in ((Text("现在", "now"), "before"), (Text("方案后", "after the plan"), "after")):
        own = outcome["coverage"][told]
        parts: list[tuple[Cell, Json]] = [(Text("合计", "all"), own)]
        parts += [(_PLACES[part["key"]], part) for part in own["by_place"]]
        counties = {problem["county"]["code"]: problem["county"]["name"]}
        parts += [(counties.get(part["key"], part["key"]), part) for part in own["by_county"]]
        for name, part in parts:
            share = exact(part["share"]) * 100
            rows.append(
                (when, name, part.get("groups"), part["schools"], part["whole"], part["printed"], share)
            )
        rows += [
            (when, part["key"], part["groups"], part["schools"], None, None, None) for part in own["by_form"]
        ]
    return _table("覆盖率", "coverage", columns, rows)


def _published(problem: Json, outcome: Json) -> Table:
    columns = [
        *(
            column("项目", "figure"),
            column("合计", "total"),
            column("分项之和", "sum of parts"),
            column("公布", "printed"),
        ),
        *(
            column("截断", "truncated"),
            column("四舍五入", "rounded"),
            column("每校对应", "other side per school", "", 2),
        ),
        column("结论", "verdict"),
    ]
    rows = []
    for figure, row in zip(problem["published"], outcome["published"], strict=True):
        ratio = exact(row["ratio"]) if "ratio" in row else None
        agrees: Cell = _AGREES[row["agrees"]] if "agrees" in row else None
        if row.get("sum_agrees") == 0:
            agrees = Text("分项之和与合计不符", "the parts do not add up")
        rows.append(
            (
                *(Text(figure["zh"], figure["en"]), row["total"], row.get("sum"), figure.get("printed")),
                *(row.get("truncated"), row.get("rounded"), ratio, agrees),
            )
        )
    return _table("公布数字", "published figures", columns, rows)


def _alliances(problem: Json, outcome: Json, names: dict[str, str]) -> Table:
    columns = [
        *(
            column("集团", "group"),
            column("核心校", "core"),
            column("成员校", "member"),
            column("交流教师", "teachers exchanged", "人"),
        ),
        *(
            column("共同授课教研", "joint lessons", "次"),
            column("互访", "visits", "次"),
            column("结论", "verdict"),
        ),
    ]
    rows = [
        (
            *(
                row["group"],
                names[row["core"]],
                names[row["member"]],
                row.get("teachers"),
                row.get("lessons"),
            ),
            *(row.get("visits"), _ALLIANCE[row["verdict"]]),
        )
        for row in outcome["alliances"]
    ]
    year = problem["evidence"]["year"]
    note = Text(
        f"{year} 学年（9 月 1 日至次年 8 月 31 日）；三项都有记录且都是 0 才算有名无实",
        f"school year {year}; on paper only where all three are recorded and all are 0",
    )
    return _table("协作", "alliances", columns, rows, note)


def _indicators(problem: Json) -> dict[str, Text]:
    asked = problem.get("changes", {}).get("indicators", [])
    return {rule["id"]: Text(rule["zh"], rule["en"]) for rule in asked}


def _changes(problem: Json, outcome: Json) -> Table:
    names = _indicators(problem)
    columns = [
        *(
            column("学段", "stage"),
            column("指标", "indicator"),
            column("加入学校", "joined", "所"),
            column("可比组", "sets", "组"),
        ),
        *(column("起点差", "gap at the start", "", 3), column("变化之差", "difference of changes", "", 3)),
        *(column("下限", "low", "", 3), column("上限", "high", "", 3), column("p", "p", "", 4)),
        *(column("排列", "arrangements", "种"), column("结论", "verdict"), column("说明", "in words")),
    ]
    rows = []
    for row in outcome["changes"]:
        shown = [
            exact(row[key]) if key in row else None for key in ("start_gap", "effect", "low", "high", "p")
        ]
        rows.append(
            (
                *(
                    STAGE_NAMES[row["stage"]],
                    names[row["indicator"]],
                    row["joined"],
                    len(row["sets"]),
                    *shown,
                ),
                *(row.get("arrangements"), _CHANGE[row["verdict"]]),
                sentence(row, names[row["indicator"]], problem["changes"]),
            )
        )
    return _table("成员校变化", "changes", columns, rows, _NOT_CAUSAL)


def _sets(problem: Json, outcome: Json, names: dict[str, str]) -> Table:
    columns = [
        column("学段", "stage"),
        column("指标", "indicator"),
        column("成员校", "member"),
        column("可比学校", "comparable schools"),
    ]
    indicators = _indicators(problem)
    rows = [
        (
            STAGE_NAMES[row["stage"]],
            indicators[row["indicator"]],
            names[one["member"]],
            "、".join(names[o] for o in one["others"]),
        )
        for row in outcome["changes"]
        for one in row["sets"]
    ]
    return _table("可比学校", "comparable schools", columns, rows)


def _binding(problem: Json, outcome: Json, names: dict[str, str]) -> Table:
    unit = "所" if problem["rules"]["serve"] == "all" else "点"
    columns = [
        column("名额用完的强校", "strong school without places left"),
        column("至多再覆盖", "at most more", unit),
        column("说明", "note"),
    ]
    rows = [
        (names[row["row"].partition(":")[2]], row["need_at_most"], Text(row["zh"], row["en"]))
        for row in outcome["binding"]
    ]
    return _table("卡在哪里", "what binds", columns, rows)

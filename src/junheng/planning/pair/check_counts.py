"""Check of what is counted: coverage, published figures, alliances on paper."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.pair.check_scene import OPEN, in_force, ties_on, wrong

_COUNTS = ("teachers", "lessons", "visits")
_WAYS = {"truncate": ROUND_DOWN, "round": ROUND_HALF_UP}


def _shown(part: int, whole: int, decimals: int, how: str) -> str:
    """The percentage as printed. Forty digits before rounding: a share of two counts never lies closer to a half."""
    percent = Decimal(part * 100 * 10**40 // whole).scaleb(-40)
    return str(percent.quantize(Decimal(1).scaleb(-decimals), rounding=_WAYS[how]))


def check_coverage(problem: Json, outcome: Json) -> list[Text]:
    """Groups, schools and shares before and after, and their parts."""
    before = {(row["group"], row["form"], row["school"]) for row in in_force(problem, problem["on"])}
    planned = {(r["group"], r["form"], r[side]) for r in outcome["pairs"] for side in ("core", "member")}
    found = []
    for when, rows in (("before", before), ("after", before | planned)):
        found += _figures(problem, outcome["coverage"][when], rows, when)
    return found


def _figures(problem: Json, told: Json, rows: set[tuple[str, str, str]], when: str) -> list[Text]:
    found = []
    inside = {school for _, _, school in rows}
    if told["groups"] != len({group for group, _, _ in rows}):
        found.append(wrong(f"集团数（{when}）不对", f"the number of groups ({when}) is wrong"))
    everyone = {school["id"] for school in problem["schools"]}
    parts = [("", "", told, everyone)]
    for by in ("place", "county"):
        keys = sorted({school[by] for school in problem["schools"]})
        if [part["key"] for part in told[f"by_{by}"]] != keys:
            found.append(wrong(f"覆盖表缺少 {by} 的分项", f"coverage lacks parts by {by}"))
        own = {key: {s["id"] for s in problem["schools"] if s[by] == key} for key in keys}
        parts += [(by, part["key"], part, own[part["key"]]) for part in told[f"by_{by}"]]
    for by, key, part, among in parts:
        count, whole, rule = len(inside & among), len(among), problem["coverage"]
        printed = _shown(count, whole, rule["decimals"], rule["printed"])
        if (part["schools"], part["whole"], exact(part["share"]), part["printed"]) != (
            *(count, whole, Fraction(count, whole), printed),
        ):
            words = f"{when} {by} {key}".strip()
            found.append(
                wrong(f"覆盖率（{words}）应为 {count}/{whole}", f"coverage ({words}) is {count}/{whole}")
            )
    forms = {
        form: (len({g for g, f, _ in rows if f == form}), len({s for _, f, s in rows if f == form}))
        for form in sorted({form for _, form, _ in rows})
    }
    if {part["key"]: (part["groups"], part["schools"]) for part in told["by_form"]} != forms:
        found.append(wrong(f"按形式的覆盖（{when}）不对", f"coverage by form ({when}) is wrong"))
    return found


def check_published(problem: Json, outcome: Json) -> list[Text]:
    """Sums and shares of published figures."""
    found = []
    told = {row["id"]: row for row in outcome["published"]}
    if list(told) != [figure["id"] for figure in problem["published"]]:
        return [wrong("公布数字的清单不对", "the list of published figures is wrong")]
    for figure in problem["published"]:
        row, total = told[figure["id"]], figure["total"]
        right = row["total"] == total
        if figure["parts"]:
            right &= row["sum"] == sum(figure["parts"]) and row["sum_agrees"] == int(row["sum"] == total)
        if "against" in figure and total:
            right &= exact(row["ratio"]) * total == figure["against"]
        if figure.get("whole"):
            right &= exact(row["share"]) * figure["whole"] == total and _agrees(figure, row)
        if not right:
            found.append(
                wrong(f"公布数字 {figure['id']} 复算不对", f"published figure {figure['id']} is wrong")
            )
    return found


def _agrees(figure: Json, row: Json) -> bool:
    text = figure.get("printed", "")
    decimals = len(text.partition(".")[2]) if text else 1
    down, half = (_shown(figure["total"], figure["whole"], decimals, how) for how in ("truncate", "round"))
    word = {
        (True, True): "both",
        (True, False): "truncate",
        (False, True): "round",
        (False, False): "neither",
    }
    is_said = not text or row["agrees"] == word[down == text, half == text]
    return (row["truncated"], row["rounded"]) == (down, half) and is_said


def check_alliances(problem: Json, outcome: Json) -> list[Text]:
    """A verdict on each member from the evidence of the year."""
    year = problem["evidence"]["year"]
    rows = {(r["group"], r["school"]): r for r in problem["evidence"]["rows"] if r["year"] == year}
    told = {(row["group"], row["form"], row["core"], row["member"]): row for row in outcome["alliances"]}
    ties = ties_on(problem, f"{year + 1}-08-31")
    if sorted(told) != ties:
        return [wrong("协作名单与登记不符", "the list of alliances is not that of the register")]
    found = []
    for tie in ties:
        counts = {name: rows.get((tie[0], tie[3]), {}).get(name) for name in _COUNTS}
        is_whole = any(
            row["joined"] <= f"{year}-09-01" and row.get("left", OPEN) >= f"{year + 1}-09-01"
            for row in problem["register"]
            if (row["group"], row["school"]) == (tie[0], tie[3])
        )
        if any(count for count in counts.values()):
            verdict = "active"
        elif not is_whole:
            verdict = "part_year"
        else:
            verdict = "cannot_tell" if None in counts.values() else "paper"
        row = told[tie]
        missing = [name for name, count in counts.items() if count is None]
        if (
            row["verdict"] != verdict
            or row["missing"] != missing
            or any(row.get(n) != counts[n] for n in _COUNTS)
        ):
            found.append(
                wrong(f"{tie[3]} 的协作判断应为 {verdict}", f"the alliance of {tie[3]} is {verdict}")
            )
    return found

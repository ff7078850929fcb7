"""Empty tables for a bureau to fill in, and a problem file that names them."""

from datetime import UTC, datetime
from pathlib import Path

from junheng.basics import atomic_file
from junheng.planning.invest.reading.lines import lines_of
from junheng.planning.invest.reading.measures import possible_measures
from junheng.planning.invest.reading.workbook import write_tables
from junheng.standards import resolve, school_year_start

_PROBLEM = """\
# 达标投入规划 · investment plan to the standard. 写法见 docs/method/plan_invest.md | see there
kind: invest
name: 请填规划名称
input: 请填数据文件夹或工作簿      # the county's input
standard: {standard}
years: {first}-{last}             # 可以花钱的年份 | years in which money may be spent
target: {last}                # 以这一年 9 月 1 日的状况评判 | judged on 1 September of it
forecast: forecast.xlsx       # 或 same，或 {{growth: {{primary: -1%, junior: 1%, senior: 0%}}}}
costs: costs.xlsx
limits: limits.xlsx           # 没有限制就删去这一行 | delete if there is none
# budgets: {{unit: 万元, total: 请填}}   # 或逐年，另写 carry_over: yes 或 no | or year by year with carry_over
mode: all_by                  # 或 most_within、{{least_for: 80}}、{{pareto: 9}}
# transfers:                  # 校际调动 | teachers who may move between schools
#   - {{stage: primary, gives: [R1], cost: 请填, unit: 元, at_most: 10%}}
"""


def write_problem_templates(folder: Path, *, standard: str = "quality-2017") -> tuple[Path, ...]:
    """Write costs.xlsx, limits.xlsx, forecast.xlsx and problem.yaml, empty, into ``folder``; returns their paths.

    The table of costs lists every measure that can raise an indicator of ``standard``; no cost is filled in.
    Raises UserError when the place cannot be written or the standard has no school rule.
    """
    now = datetime.now(UTC).year
    lines = lines_of(resolve(standard, on=school_year_start(now)), has_cv=True)
    rows = [
        {"measure": measure["id"], "name": f"{measure['zh']} · {measure['en']}", "unit": measure["unit"]}
        for measure in possible_measures(lines).values()
    ]
    paths = [folder / name for name in ("costs.xlsx", "limits.xlsx", "forecast.xlsx", "problem.yaml")]
    write_tables(paths[0], {"costs": rows})
    write_tables(paths[1], {"ceilings": [], "limits": []})
    write_tables(paths[2], {"forecast": []})
    with atomic_file(paths[3]) as temporary:
        text = _PROBLEM.format(standard=standard, first=now + 1, last=now + 4)
        temporary.write_text(text, encoding="utf-8")
    return tuple(paths)

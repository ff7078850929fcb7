"""资助公开.html: one page without names, scripts or outside links, made of the public part of an outcome alone."""

from collections.abc import Iterator, Mapping
from html import escape

from junheng.funding import exact, shown
from junheng.reports.funding.aid_book import TITLES, name_of
from junheng.reports.funding.words import STAGES, Json

_STYLE = (
    "body{font-family:sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;line-height:1.6}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}"
    "th,td{border:1px solid #999;padding:.3rem .6rem;text-align:left}td.n{text-align:right}"
)
_ENGLISH = {"category": "By category", "scheme": "By scheme", "stage": "By stage", "term": "By term"}


def public_page(problem: Json, outcome: Json, owner: str) -> str:
    """The page. ``problem`` gives the rules and their words, never a row of the archive."""
    public = outcome["public"]
    head = '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>学生资助公开</title>'
    view = '<meta name="viewport" content="width=device-width,initial-scale=1">'
    body = "".join(
        [
            f"<h1>学生资助公开 <small>Aid to pupils</small></h1><p>{escape(owner)}</p>",
            *_policy(problem),
            *_matters(outcome),
            *_figures(problem, public),
            *_list(problem, public["list"]),
        ]
    )
    return f"{head}{view}<style>{_STYLE}</style></head><body>{body}</body></html>\n"


def _policy(problem: Json) -> Iterator[str]:
    """The amounts in force, with the documents they rest on."""
    yield "<h2>资助标准 <small>Amounts</small></h2><table><tr><th>学期首日 From</th><th>学段 Stage</th>"
    yield "<th>寄宿生，元/学期 Boarder, yuan a term</th><th>非寄宿生 Day pupil</th><th>依据 Source</th></tr>"
    for day, rules in problem["days"].items():
        if "living" not in rules:
            continue
        terms = exact(rules["term"]["values"]["per_year"])
        for stage, amount in rules["living"]["values"].items():
            term = exact(amount) / terms
            day_rule = rules.get("living_day")
            half = shown(term * exact(day_rule["values"]["ratio"])) if day_rule else "—"
            cells = [day, STAGES[stage], shown(term), half, str(rules["living"]["source"]["document"])]
            yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    yield "</table>"


def _matters(outcome: Json) -> Iterator[str]:
    """What was published, when and where."""
    yield "<h2>政策与办理事项 <small>Policy and matters</small></h2><ul>"
    for one in outcome["publication"]["published"]:
        line = f"{one['on'] or ''} {one['title'] or ''}（{one['where'] or '—'}）"
        yield f"<li>{escape(line)}</li>"
    yield "</ul>" if outcome["publication"]["published"] else "<li>没有登记 | none recorded</li></ul>"


def _figures(problem: Json, public: Json) -> Iterator[str]:
    smallest = public["smallest_cell"]
    yield "<h2>资助情况 <small>Figures</small></h2>"
    yield (
        f"<p>少于 {smallest} 人的组及为防止推算而连带的组写“—”。 | Groups of fewer than {smallest} children, "
        "and those by which they could be worked out, are shown as “—”.</p>"
    )
    for part, title in (("aid", "资助"), ("apart", "助学贷款（另列） Loans, apart")):
        tables = public[part]
        if tables is None:
            continue
        yield f"<h3>{title}</h3>{_sum('合计 Total', tables['all'])}"
        for column in (name for name in TITLES if name in tables):
            yield f"<h4>{TITLES[column]} {_ENGLISH[column]}</h4>"
            yield from _table(problem, column, tables[column])


def _sum(word: str, cell: Mapping[str, str]) -> str:
    return f"<p>{word}：{int(cell['times']):,} 人次，{shown(exact(cell['yuan']))} 元</p>"


def _table(problem: Json, column: str, groups: Mapping[str, Mapping[str, str] | None]) -> Iterator[str]:
    yield "<table><tr><th>项目 Item</th><th>人次 Pupil-times</th><th>金额（元） Yuan</th></tr>"
    for key, cell in groups.items():
        shown_cells = ("—", "—") if cell is None else (f"{int(cell['times']):,}", shown(exact(cell["yuan"])))
        numbers = "".join(f'<td class="n">{text}</td>' for text in shown_cells)
        yield f"<tr><td>{escape(name_of(problem, column, key))}</td>{numbers}</tr>"
    yield "</table>"


def _list(problem: Json, listed: Json | None) -> Iterator[str]:
    """The masked list, where the place's rule obliges one, with the day on which it must go."""
    if listed is None:
        return
    yield f'<section data-expires="{listed["expires_on"]}"><h2>公示名单 <small>List</small></h2>'
    yield f"<p>公示至 {listed['expires_on']}，到期撤下。 | Until {listed['expires_on']}; then to be taken down.</p>"
    yield "<table><tr><th>学生代号（遮盖） Code, masked</th><th>项目 Scheme</th><th>学期 Term</th></tr>"
    for code, scheme, term in listed["rows"]:
        cells = (code, name_of(problem, "scheme", scheme), term)
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    yield "</table></section>"

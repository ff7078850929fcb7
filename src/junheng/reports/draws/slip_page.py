"""The guardian's slip as one page to print: own row, number, each wish and why, the two paths."""

import html
import json
from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reports.draws.wording import REHEARSAL_NOTICE, number_word, shown

_STYLE = """
body{font:15px/1.7 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;max-width:46em;margin:2em auto;
padding:0 1em;color:#1c1c1c}h1{font-size:1.4em;border-bottom:2px solid #1f5f8b;padding-bottom:.3em}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #ccc;padding:.35em .6em;text-align:left;
vertical-align:top}th{background:#eef3f7;white-space:nowrap}.red{color:#b00000;font-weight:bold;font-size:1.2em}
code{font-size:.8em;word-break:break-all}.small{color:#555;font-size:.85em}
@media print{body{margin:0}details{display:none}}
"""


_NUMBER = {"号码": "抽签号码 Number", "名次": "抽签名次 Place"}


def slip_page(
    slip: Mapping[str, Any], spec: Mapping[str, Any], reasons: Sequence[str], corrected: str = ""
) -> str:
    """One self-contained HTML page. ``reasons``: a sentence for each school the child listed, in order.

    ``corrected``: where a correction has put the child since, in words; "" where nothing changed.
    """
    title, problem = str(spec["title"]), spec["problem"]
    names = {school["id"]: school["name"] for school in problem.get("schools", ())}
    digits = int(problem.get("digits", 0))
    identity = slip.get("identity", {})
    result = slip["result"]
    tickets = slip.get("tickets") or ({"": slip["ticket"]} if "ticket" in slip else {})
    facts = [
        ("姓名 Name", identity.get("name", "")),
        ("报名编号 Code", slip["row"]["pid"]),
        *(
            (f"{_NUMBER[number_word(ticket)]} {names.get(school, '')}".strip(), _number(ticket, digits))
            for school, ticket in tickets.items()
        ),
        ("结果 Result", result_words(result, names)),
        *([("更正 Corrected", corrected)] if corrected else []),
    ]
    rows = "".join(
        f"<tr><th>{_safe(name)}</th><td><code>{_safe(value)}</code></td></tr>" for name, value in facts
    )
    told = "".join(f"<li>{_safe(reason)}</li>" for reason in reasons)
    warning = f'<p class="red">{_safe(REHEARSAL_NOTICE)}</p>' if spec["purpose"] == "rehearsal" else ""
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{_safe(title)}</title><style>{_STYLE}</style><h1>{_safe(title)} 凭条 Slip</h1>{warning}"
        f"<table>{rows}</table>{f'<h2>逐项说明 Why</h2><ol>{told}</ol>' if told else ''}"
        '<p class="small">核对：用浏览器打开 verify.html，放入 transcript.json 和本凭条（.json）。本凭条只交监护人本人。'
        "<br>To check: open verify.html, drop transcript.json and this slip (.json). For the guardian only.</p>"
        f"<details><summary>JSON</summary><code>{_safe(json.dumps(slip, ensure_ascii=False))}</code></details></html>"
    )


def _number(ticket: str, digits: int) -> str:
    """The number people see, and the whole ticket that decides where two such numbers are alike."""
    if number_word(ticket) == "名次":
        return shown(ticket, digits)
    return f"{shown(ticket, digits)}（{ticket}）" if digits else ticket


def result_words(result: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Where a child is placed, and by which wish. ``names``: schools by id."""
    if "class" in result:
        return f"{result['school']} {result['grade']}（{result['class']}）班"
    if not result["school"]:
        return "未录取 not admitted"
    school = f"{names.get(result['school'], '')} {result['school']}".strip()
    return f"{school}（第 {result['choice']} 志愿）" if result["choice"] else f"{school}（剩余学位安排）"


def _safe(text: Any) -> str:
    return html.escape(str(text), quote=True)

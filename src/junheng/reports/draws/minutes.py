"""抽签记录: the minutes of a draw, from roll to result, for the parties to sign."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from junheng.reports.draws.seed_sources import signature_table, source_blocks
from junheng.reports.draws.wording import (
    KINDS,
    PURPOSES,
    class_names,
    cutoff_words,
    formation_lines,
    rule_lines,
)
from junheng.reports.word.blocks import Block, Cell, Heading, Paragraph, Table

_STEPS = {
    "freeze": "封存名册",
    "commit": "承诺",
    "declare": "公告方案",
    "reveal": "公开秘密数",
    "observe": "录入公共随机",
    "seed": "计算种子",
    "run": "产生结果",
    "attach": "附签名",
    "publish": "公布",
    "strike_off": "核减",
    "supplement": "补充抽签",
    "postpone": "延期",
    "void": "作废",
    "forget": "销毁盐值",
}
_SMALL = 9.0
_TO_SECONDS = len("2026-07-01T10:00:00")  # the log is in Beijing time throughout
Aligns = tuple[Literal["left", "center", "right"], ...]


def minutes_blocks(transcript: Mapping[str, Any], log: Sequence[Mapping[str, Any]]) -> list[Block]:
    """The minutes' text. ``log``: the lines of the ceremony's log."""
    spec = transcript["spec"]
    return [
        Heading(1, "一、基本情况"),
        _facts(transcript),
        Heading(1, "二、规则"),
        *_rule(spec),
        *source_blocks(transcript),
        Heading(1, "五、结果"),
        *result_blocks(transcript),
        Heading(1, "六、过程"),
        _log(log),
        Heading(1, "七、签字"),
        signature_table(spec),
        Heading(1, "八、如何核对"),
        Paragraph((checking_words(spec),)),
    ]


def checking_words(spec: Mapping[str, Any]) -> str:
    """How anyone checks the draw, and a guardian the own child."""
    own = {"admission": "本人报名在册、号码、每所志愿学校的录取线和结果", "classes": "本人在册、所编班级"}
    return (
        "任何人可用 verify.html（浏览器打开，不需联网）或 verify_draw.py 核对抽签公报 transcript.json；家长可同时放入自己的"
        f"凭条，核对{own[spec['kind']]}。两个核对程序与抽签程序互不共用代码。"
    )


def _facts(transcript: Mapping[str, Any]) -> Table:
    spec, result = transcript["spec"], transcript["result"]
    roll = spec["roll"]
    rows = (
        ("抽签编号", str(spec["draw_id"])),
        ("名称", str(spec["title"])),
        ("性质", f"{PURPOSES[spec['purpose']]} · {KINDS[spec['kind']]}"),
        ("名册", f"{roll['rows']} 人，{roll['units']} 个抽签单位（多胞胎为一个）"),
        ("名册指纹", str(roll["root"])),
        ("规则文本指纹", f"{spec['rules'].get('id', '')} {spec['rules'].get('text_hash', '')}"),
        ("方案指纹", str(transcript["spec_digest"])),
        ("结果指纹", str(result["root"])),
        ("摘要算法", {"sha256": "SHA-256", "sm3": "SM3（GB/T 32905）"}[spec["hash"]]),
    )
    return Table("facts", "抽签要素", ("项目", "内容"), rows, (1, 4), ("left", "left"), size_pt=_SMALL)


def _rule(spec: Mapping[str, Any]) -> list[Block]:
    problem = spec["problem"]
    if spec["kind"] == "classes":
        return [Paragraph((line,)) for line in formation_lines(problem)]
    return [Paragraph((line,)) for line in rule_lines(problem)]


def result_blocks(transcript: Mapping[str, Any], result: Mapping[str, Any] | None = None) -> list[Block]:
    """A result by school (or by group of classes), with the cut-offs that prove it; by default the transcript's."""
    result = transcript["result"] if result is None else result
    spec = transcript["spec"]
    if spec["kind"] == "classes":
        return [_groups(result)]
    taken = sum(int(school["taken"]) for school in result["schools"])
    sums = f"共 {result['rows']} 人报名，录取 {taken} 人，未录取 {int(result['rows']) - taken} 人"
    return [
        Paragraph((f"{sums}。比较次数（校验数） {result['proposals']}。",)),
        _schools(result["schools"], spec["problem"]),
    ]


def _schools(schools: Sequence[Mapping[str, Any]], problem: Mapping[str, Any]) -> Table:
    names = {school["id"]: school["name"] for school in problem["schools"]}
    rows = tuple(
        (
            f"{names.get(school['id'], '')} {school['id']}",
            str(school["plan"]),
            str(school["taken"]),
            str(school["over_plan"]),
            "；".join(_cutoffs(school, problem)),
        )
        for school in schools
    )
    heads = ("学校", "计划", "录取", "超出", "录取线（最后一名）")
    aligns: Aligns = ("left", "right", "right", "right", "left")
    return Table("schools", "各校录取与录取线", heads, rows, (3, 1, 1, 1, 5), aligns, size_pt=_SMALL)


def _cutoffs(school: Mapping[str, Any], problem: Mapping[str, Any]) -> list[str]:
    """A school's cut-offs in words; a pool is named only where there are several."""
    digits, classes = int(problem.get("digits", 0)), class_names(problem)
    pools, left = school["pools"], school.get("leftover") or {}
    lines = []
    for pool in pools:
        words = cutoff_words(pool["cutoff"], digits=digits, classes=classes)
        lines.append(f"{pool['id']}：{words}" if len(pools) > 1 else words)
    if left.get("taken"):
        words = cutoff_words(left["cutoff"], digits=digits, classes=classes)
        lines.append(f"剩余安排 {left['taken']} 人：{words}")
    return lines


def _groups(result: Mapping[str, Any]) -> Table:
    rows = tuple(
        (
            str(group["school"]),
            str(group["grade"]),
            str(len(group["sizes"])),
            "、".join(str(size) for size in group["sizes"]),
            "、".join(str(team) for team in group.get("teams", ())) or "—",
        )
        for group in result["groups"]
    )
    heads = ("学校", "年级", "班数", "各班人数", "各班教师组")
    aligns: Aligns = ("left", "left", "right", "left", "left")
    return Table("groups", "编班", heads, rows, (2, 1, 1, 4, 3), aligns, size_pt=_SMALL)


def _log(log: Sequence[Mapping[str, Any]]) -> Table:
    """Every line of the ceremony's log with the fingerprint of the line before it: nothing can be slipped in."""
    rows = tuple(
        (
            str(entry["number"]),
            str(entry["time"])[:_TO_SECONDS].replace("T", " "),
            _STEPS.get(str(entry["step"]), str(entry["step"])) + _who(entry["note"]),
            Cell(str(entry["previous"])[:16] or "—"),
        )
        for entry in log
    )
    heads = ("序号", "北京时间", "步骤", "上一行指纹（前16位）")
    return Table("log", "过程记录", heads, rows, (0.7, 2.4, 3, 2), ("left",) * 4, size_pt=_SMALL)


def _who(note: Mapping[str, Any]) -> str:
    return f"（{note['role']}）" if "role" in note else ""

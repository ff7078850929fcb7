"""抽签记录: the minutes of a draw, from roll to result, for the parties to sign."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from junheng.reports.draws.wording import (
    KINDS,
    METHODS,
    PURPOSES,
    beacon_value,
    beacon_words,
    cutoff_words,
    rule_lines,
)
from junheng.reports.word.blocks import Block, Cell, Heading, Paragraph, Strong, Table

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
        Heading(1, "三、参与方：先承诺，后公开"),
        _parties(transcript),
        Heading(1, "四、公共随机"),
        _beacons(transcript),
        Paragraph(("种子 ", Strong(str(transcript["seed"])), "。"), "Note"),
        Heading(1, "五、结果"),
        *result_blocks(transcript),
        Heading(1, "六、过程"),
        _log(log),
        Heading(1, "七、签字"),
        _signatures(spec),
        Heading(1, "八、如何核对"),
        Paragraph((CHECKING,)),
    ]


CHECKING = (
    "任何人可用 verify.html（浏览器打开，不需联网）或 verify_draw.py 核对抽签公报 transcript.json；家长可同时放入自己的"
    "凭条，核对本人报名在册、号码、每所志愿学校的录取线和结果。两个核对程序与抽签程序互不共用代码。"
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
        return [Paragraph((METHODS[str(problem["method"])] + "。",))]
    return [Paragraph((line,)) for line in rule_lines(problem)]


def _parties(transcript: Mapping[str, Any]) -> Table:
    revealed = {item["role"]: str(item["value"]) for item in transcript["reveals"]}
    rows = tuple(
        (f"{party['role']}　{party['name']}", str(party["commitment"]), revealed.get(party["role"], "未公开"))
        for party in transcript["spec"]["parties"]
    )
    heads = ("参与方", "事先公布的承诺", "事后公开的秘密数")
    return Table("parties", "承诺与公开", heads, rows, (1.2, 2, 2), ("left",) * 3, size_pt=8.0)


def _beacons(transcript: Mapping[str, Any]) -> Table:
    observed = {item["id"]: item for item in transcript["beacons"]}
    rows = tuple(
        (beacon_words(item), beacon_value(observed.get(item["id"], {})) or "无")
        for item in transcript["spec"]["beacons"]
    )
    heads = ("事先指定", "开出结果")
    return Table("beacons", "公共随机", heads, rows, (1, 2), ("left",) * 2, size_pt=_SMALL)


def result_blocks(transcript: Mapping[str, Any]) -> list[Block]:
    """The result by school (or by group of classes), with the cut-offs that prove it."""
    result = transcript["result"]
    if transcript["spec"]["kind"] == "classes":
        return [_groups(result)]
    names = {school["id"]: school["name"] for school in transcript["spec"]["problem"]["schools"]}
    digits = int(transcript["spec"]["problem"].get("digits", 0))
    taken = sum(int(school["taken"]) for school in result["schools"])
    sums = f"共 {result['rows']} 人报名，录取 {taken} 人，未录取 {int(result['rows']) - taken} 人"
    return [
        Paragraph((f"{sums}。比较次数（校验数） {result['proposals']}。",)),
        _schools(result["schools"], names, digits),
    ]


def _schools(schools: Sequence[Mapping[str, Any]], names: Mapping[str, str], digits: int) -> Table:
    rows = []
    for school in schools:
        lines = [f"{pool['id']}：{cutoff_words(pool['cutoff'], digits=digits)}" for pool in school["pools"]]
        left = school.get("leftover") or {}
        if left.get("taken"):
            lines.append(f"剩余安排 {left['taken']} 人：{cutoff_words(left['cutoff'], digits=digits)}")
        rows.append(
            (
                f"{names.get(school['id'], '')} {school['id']}",
                str(school["plan"]),
                str(school["taken"]),
                str(school["over_plan"]),
                "；".join(lines),
            )
        )
    heads = ("学校", "计划", "录取", "超出", "录取线（最后一名）")
    aligns: Aligns = ("left", "right", "right", "right", "left")
    return Table("schools", "各校录取与录取线", heads, tuple(rows), (3, 1, 1, 1, 5), aligns, size_pt=_SMALL)


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


def _signatures(spec: Mapping[str, Any]) -> Table:
    rows = tuple((f"{party['role']}　{party['name']}", "", "") for party in spec["parties"])
    heads = ("参与方", "签字", "日期")
    return Table("sign", "", heads, rows, (2, 2, 1.5), ("left",) * 3, size_pt=14.0)

"""The Chinese words of a draw's papers: its kind, rule, beacons and cut-offs."""

from collections.abc import Mapping
from typing import Any

KINDS = {"admission": "招生电脑派位", "classes": "阳光分班"}
PURPOSES = {"official": "正式", "rehearsal": "演练"}
REHEARSAL_NOTICE = "演练——不是正式结果（REHEARSAL: NOT A RESULT）"
METHODS = {
    "swaps": "随机起点均衡编班（随机发牌后逐对交换，整数运算）",
    "serpentine": "S 形编班（分性别按成绩蛇形）",
    "rotated": "旋转 S 形编班（按抽出的号数旋转后蛇形）",
    "random": "分层随机编班",
}
BEACONS = {"balls": "现场摇球", "lottery": "彩票开奖", "drand": "drand 公共随机数", "pulse": "随机信标"}
REASONS = {
    "choice": "按志愿录取",
    "leftover": "剩余学位安排",
    "no_seat": "所填学校均已满额",
    "no_choice": "未填志愿",
}
_RANK = 10  # digits of a place in an order that no tickets made, 1 first (docs/method/draws.md §5)


def notice_of(spec: Mapping[str, Any]) -> str:
    """The red line above a rehearsal's papers; nothing above an official one's."""
    return REHEARSAL_NOTICE if spec["purpose"] == "rehearsal" else ""


def rule_lines(problem: Mapping[str, Any]) -> list[str]:
    """The admission rule in plain sentences, one a line."""
    width, longest = int(problem["band_width"]), _choices(problem)
    first = problem["key"][0]
    lines = [
        "先比志愿档次，再比类别，再比号码。" if first == "band" else "先比类别，再比志愿档次，再比号码。",
        _band_words(width, longest),
        _ticket_words(problem),
        _UNITS[str(problem["units"])],
    ]
    if len(problem["stages"]) > 1:
        lines.append("依次进行：" + "、".join(str(stage["id"]) for stage in problem["stages"]) + "。")
    lines.append(_LEFTOVERS[str(problem["leftovers"])])
    return lines


def formation_lines(problem: Mapping[str, Any]) -> list[str]:
    """The rule of a class formation in plain sentences, one a line."""
    lines = [METHODS[str(problem["method"])] + "。"]
    balanced = [f"{entry['name']}（权重 {entry['weight']}）" for entry in problem.get("covariates", ())]
    if balanced and problem["method"] == "swaps":
        lines.append("均衡内容：" + "、".join(balanced) + "。")
    if relief := int(problem.get("relief", 0)):
        lines.append(f"随班就读减员：一名特殊需要学生按 {1 + relief} 人计班额。")
    if any(group.get("teams") for group in problem["groups"]):
        lines.append("教师组由种子抽签到班。")
    return lines


_UNITS = {
    "overflow": "多胞胎共用一个号码，一同录取；最后一组可超出计划（超出不多于组内人数减一）。",
    "skip": "多胞胎共用一个号码；剩余学位不足时跳过该组，录取下一名（本地规定）。",
    "stop": "多胞胎共用一个号码；剩余学位不足时到此为止，学位空出（本地规定）。",
}
_LEFTOVERS = {
    "none": "未被录取者另行安排，不在本次抽签内。",
    "spec_order": "未被录取者按号码先后，依公布的学校顺序安排到有剩余学位的学校。",
    "by_lot": "未被录取者按号码先后，依各自抽得的学校顺序安排到有剩余学位的学校。",
}


def _choices(problem: Mapping[str, Any]) -> int:
    return max((len(stage["schools"]) for stage in problem["stages"]), default=0)


def _band_words(width: int, longest: int) -> str:
    if width == 1:
        return "志愿优先：先满足第一志愿，再满足第二志愿，逐轮录取，录取后不再变动。"
    if width >= longest:
        return "志愿顺序不影响在各校的先后：列得靠前不占便宜，列得靠后不吃亏（延迟接受）。"
    return f"平行志愿：每 {width} 个志愿为一档，先满足前一档；同档之内志愿顺序不影响先后。"


def _ticket_words(problem: Mapping[str, Any]) -> str:
    ranking = problem["ranking"]
    if ranking["method"] != "hmac":
        return _drawn_words(ranking, str(problem["order"]))
    which = "每校一个号码" if problem["tickets"] == "per_school" else "每户一个号码，各校通用"
    order = "小者在先" if problem["order"] == "ascending" else "大者在先"
    return f"号码由种子和报名编号计算（HMAC），{which}，{order}。"


def _drawn_words(ranking: Mapping[str, Any], order: str) -> str:
    """An order that rests on what was drawn in the hall, with all that was drawn."""
    if ranking["method"] == "ring":
        return f"环形抽签：从第 {ranking['start']} 个编号起，每次数 {ranking['step']} 个，依次排出名次，名次小者在先。"
    if ranking["method"] == "tail_digits":
        tails = "、".join(str(tail) for tail in ranking["tails"])
        return f"尾号抽签：按抽出的次序 {tails}；尾号相同的，编号小者在先。"
    return f"按现场产生并录入的号码排定名次，号码{'小' if order == 'ascending' else '大'}者在先。"


def beacon_words(declared: Mapping[str, Any]) -> str:
    """Which public event was declared, in one line."""
    kind = str(declared["kind"])
    if kind == "drand":
        return f"{BEACONS[kind]} 第 {declared['round']} 轮"
    if kind == "pulse":
        return f"{declared.get('name', BEACONS[kind])} {declared['pulse']}"
    if kind == "lottery":
        return f"{declared['name']} 第 {declared['issue']} 期"
    return str(declared.get("name") or BEACONS[kind])


def beacon_value(observed: Mapping[str, Any]) -> str:
    """What the event gave, as it entered the seed."""
    for field in ("text", "randomness", "value"):
        if field in observed:
            return str(observed[field])
    return ""


def cutoff_words(cutoff: Any, *, digits: int, classes: Mapping[int, str] | None = None) -> str:
    """A pool's cut-off: where the last child admitted stood. ``classes``: names by code, where they are known."""
    if cutoff == "open":
        return "未满额，报者均可"
    if cutoff == "closed":
        return "无名额"
    if cutoff == "replay":
        return "须重算核对"
    number = f"{number_word(cutoff['ticket'])} {shown(cutoff['ticket'], digits)}"
    if "band" not in cutoff:
        return number
    code = int(cutoff["class"])
    return f"第 {int(cutoff['band']) + 1} 档 · 类别 {(classes or {}).get(code, code)} · {number}"


def class_names(problem: Mapping[str, Any]) -> dict[int, str]:
    """The names of the priority classes by code."""
    return {int(entry["code"]): str(entry["name"]) for entry in problem["classes"]}


def number_word(ticket: str) -> str:
    """What a ticket is called: a number drawn by the seed, or a place in an order drawn in the hall."""
    return "号码" if len(ticket) > _RANK else "名次"


def shown(ticket: str, digits: int) -> str:
    """The number people see: the leading digits of the ticket, or the drawn rank as it is."""
    if len(ticket) <= _RANK:
        return str(int(ticket))
    if digits:
        return str((int(ticket, 16) * 10**digits) >> (4 * len(ticket))).zfill(digits)
    return ticket[:12]

"""What is wrong with a roll: each fault with its place, told by cause, so that one cause is read once."""

from collections.abc import Iterable
from dataclasses import dataclass

from junheng.basics import Text, UserError

_SHOWN_PLACES, _SHOWN_CAUSES = 6, 20

CAUSES: dict[str, tuple[Text, Text]] = {
    "blank": (Text("必填单元格为空", "a required cell is blank"), Text("请补填", "fill it in")),
    "broken": (
        Text("没有算出的公式或错误值", "a formula never calculated, or an error value"),
        Text("请重新计算并存为 .xlsx，或直接键入数值", "calculate it and save as .xlsx, or type the value"),
    ),
    "lost_digits": (
        Text("号码按数字保存，末几位已丢失", "a number typed as a number has lost its last digits"),
        Text("请把整列设为文本后重新录入", "make the column text and type it again"),
    ),
    "check_digit": (
        Text("身份证号校验位不符", "the check character of the identity number is wrong"),
        Text("请核对证件", "look at the document"),
    ),
    "sex_word": (Text("性别应为男或女", "the sex must be 男 or 女"), Text("请改正", "mend it")),
    "sex_differs": (
        Text("性别与身份证号不一致", "the sex differs from the identity number"),
        Text("请核对证件", "look at the document"),
    ),
    "yes_no": (Text("应填是或否", "must be 是 or 否 (yes or no)"), Text("请改正", "mend it")),
    "not_a_number": (
        Text("不是数", "not a number"),
        Text(
            "请填分数；缺考请写“缺考”或留空", "type the mark; write 缺考 or leave it blank when there is none"
        ),
    ),
    "negative_mark": (
        Text("分数小于 0", "a mark below 0"),
        Text(
            "-1 之类的代码不是分数；缺考请写“缺考”或留空",
            "codes such as -1 are no marks; write 缺考 or leave it blank when there is none",
        ),
    ),
    "mark_step": (
        Text("分数不是记分单位的整数倍", "the mark is no whole multiple of the declared unit"),
        Text("请核对，或声明更小的记分单位", "check it, or declare a smaller unit"),
    ),
    "total_differs": (
        Text("总分与各科之和不符", "the total is not the sum of the subjects"),
        Text("请核对各科与总分", "check the subjects and the total"),
    ),
    "same_number": (
        Text("同一证件号码出现两次", "one document number stands twice"),
        Text("请删去重复的学生", "remove the second entry"),
    ),
    "label_alone": (
        Text("同班或回避编号只有一人填写", "a label of together or apart is carried by one child only"),
        Text("请补上另一人的编号，或清空", "give the other child the same label, or clear it"),
    ),
    "label_yes": (
        Text("此处应写编号，不是“是”或“否”", "a label belongs here, not yes or no"),
        Text("请给同组学生写同一编号", "give the children of one group the same label"),
    ),
    "bound_and_apart": (
        Text("同一组学生既要求同班又要求分开", "children are to be together and apart at once"),
        Text("请只保留一项", "keep only one of the two"),
    ),
    "too_many_apart": (
        Text("要求两两分开的学生多于班数", "more children are to be apart than there are classes"),
        Text("请减少要求或增加班数", "ask for less, or open more classes"),
    ),
    "no_plan": (
        Text("编班计划中没有这个学校年级", "the plan names no number of classes for this school and grade"),
        Text("请在“编班计划”表补一行", "add a line to the sheet 编班计划"),
    ),
    "two_units": (
        Text("同班与双胞胎两列把学生编入不同的组", "together and twins bind a child into two groups"),
        Text("请改用同一编号", "use one label"),
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at one place; ``value`` is shown only where it is no personal data."""

    cause: str
    place: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """All faults of one cause."""

    cause: str
    what: Text
    fix: Text
    faults: tuple[Fault, ...]

    def line(self) -> Text:
        """Cause, number, first places and remedy in one line."""
        shown = [f"{f.place}（{f.value}）" if f.value else f.place for f in self.faults[:_SHOWN_PLACES]]
        places = "、".join(shown) + (" …" if len(self.faults) > _SHOWN_PLACES else "")
        count = len(self.faults)
        return Text(
            f"{self.what.zh}（{count} 处）：{places}。{self.fix.zh}",
            f"{self.what.en} ({count}): {places}. {self.fix.en}",
        )


def group_faults(faults: Iterable[Fault]) -> list[FaultGroup]:
    """Faults by cause, in the order of CAUSES; several of one cause and place are told once."""
    by_cause: dict[str, list[Fault]] = {}
    for fault in dict.fromkeys(faults):
        by_cause.setdefault(fault.cause, []).append(fault)
    return [
        FaultGroup(cause, what, fix, tuple(by_cause[cause]))
        for cause, (what, fix) in CAUSES.items()
        if cause in by_cause
    ]


def refuse_faults(faults: Iterable[Fault]) -> None:
    """Raise one UserError that tells all causes; nothing if there is none."""
    groups = group_faults(faults)
    if not groups:
        return
    lines = [group.line() for group in groups[:_SHOWN_CAUSES]]
    raise UserError(
        Text(
            "新生名册有需要改正的内容：" + "".join(f"\n  {n}. {line.zh}" for n, line in enumerate(lines, 1)),
            "The intake roll must be mended:"
            + "".join(f"\n  {n}. {line.en}" for n, line in enumerate(lines, 1)),
        ),
        where="; ".join(dict.fromkeys(group.faults[0].place for group in groups)),
        why=Text(
            "名册一经冻结不能再改；有疑问的内容不能猜",
            "a frozen roll cannot be changed; nothing in doubt is guessed",
        ),
        fix=Text("请逐条改正后重新读取", "mend each and read again"),
    )

"""The columns of the two workbooks, and the words their choices are written in."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import translation

from junheng.basics import Text
from junheng.web.front.words import CHINESE, ENGLISH
from junheng.web.people.models import Import
from junheng.web.people.roles import Kind, Role, Section

MAX_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its heading, whether each row needs it, what it means, the choices it has."""

    key: str
    heading: Text
    is_needed: bool
    note: Text
    choices: Any = None

    @property
    def title(self) -> str:
        """The heading as it is written in the workbook."""
        return f"{self.heading.zh} {self.heading.en}{'*' if self.is_needed else ''}"


SHEETS = {Import.What.ORGANISATIONS: "机构", Import.What.PEOPLE: "人员"}
COLUMNS: dict[str, tuple[Column, ...]] = {
    Import.What.ORGANISATIONS: (
        Column("kind", Text("类型", "Kind"), True, Text("从下拉选项中选", "one of the choices"), Kind),
        Column("name", Text("名称", "Name"), True, Text("全称，不超过 100 字", "in full, up to 100 signs")),
        Column(
            "code",
            Text("代码", "Code"),
            True,
            Text("学校标识码或行政区划代码；按文本填", "as text; data find their organisation by it"),
        ),
        Column(
            "parent",
            Text("上级代码", "Parent code"),
            False,
            Text(
                "不填即设在导入页面所在的机构之下；可以是本表中的机构",
                "empty: below the place you import for; may be a row of this sheet",
            ),
        ),
        Column(
            "first", Text("起始学年", "From year"), True, Text("四位年份，如 2024", "four digits, as 2024")
        ),
        Column("last", Text("终止学年", "To year"), False, Text("不填即至今", "empty: until now")),
    ),
    Import.What.PEOPLE: (
        Column("name", Text("姓名", "Name"), True, Text("本人姓名", "the person's name")),
        Column("role", Text("角色", "Role"), True, Text("从下拉选项中选", "one of the choices"), Role),
        Column(
            "section",
            Text("科室", "Section"),
            False,
            Text("只用于县级", "for a county's people only"),
            Section,
        ),
        Column("code", Text("机构代码", "Organisation code"), True, Text("任职的机构", "where the post is")),
        Column(
            "username",
            Text("登录名", "User name"),
            False,
            Text(
                "已有账号的填登录名，直接任职；不填则生成邀请链接",
                "of somebody with an account: gets the post; empty: an invitation is made",
            ),
        ),
    ),
}


def both(member: Any) -> Text:
    """The label of a choice in both languages."""
    halves = []
    for language in (CHINESE, ENGLISH):
        with translation.override(language):
            halves.append(str(member.label))
    return Text(*halves)


def choice_texts(choices: Any) -> list[str]:
    """The choices as the workbook offers them."""
    return [f"{both(one).zh} {both(one).en}" for one in choices if one.value]


@cache
def readings(choices: Any) -> dict[str, Any]:
    """Every way a choice may be written: its code, either language, both as offered."""
    found: dict[str, Any] = {}
    for one in choices:
        words = both(one)
        for text in (one.value, words.zh, words.en, f"{words.zh} {words.en}"):
            found[str(text).lower()] = one
    return found

"""Before anything goes out: looked through for personal data by the library's scanner."""

from collections.abc import Collection, Mapping

from junheng.admissions import KIND_NAMES, find_personal_data
from junheng.basics import Text, UserError

NUMBERS = frozenset({"identity_number"})
NUMBERS_AND_HOMES = frozenset({"identity_number", "address"})


def refuse_personal(files: Mapping[str, bytes], kinds: Collection[str], *, mobiles: bool = False) -> None:
    """Raises UserError naming the first personal datum of ``kinds`` (masked); with ``mobiles`` also mobile numbers.

    An office's own telephone may stand in a notice; a mobile number is a person's.
    """
    for name, content in files.items():
        for datum in find_personal_data(content):
            is_mobile = datum.kind == "phone" and not datum.shown.startswith("0")
            if datum.kind in kinds or (mobiles and is_mobile):
                what = KIND_NAMES[datum.kind]
                raise UserError(
                    Text(
                        f"含有{what.zh}：{datum.shown}",
                        f"it holds a personal datum, {what.en}: {datum.shown}",
                    ),
                    where=f"{name} {datum.where}".strip(),
                    why=Text("公开页面上不得有个人信息", "public pages hold no personal data"),
                    fix=Text("删去后再公布", "take it out, then publish"),
                )

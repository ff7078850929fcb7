"""Moves what people wrote into the new report, with the pictures, links and lists it needs."""

import copy
import io
from collections.abc import Mapping

from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE

from junheng.basics import Text, UserError
from junheng.reports.word.edits import editable_controls
from junheng.reports.word.markup import R, W
from junheng.reports.word.tree import Element, as_text, local_name

_NOT_CARRIED = ("commentReference", "footnoteReference", "endnoteReference", "object")
_DROPPED = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr")
_FIRST_PICTURE = 500000
_OFFICE_EXTRAS = ("http://schemas.microsoft.com/office/word/2010/wordml",)  # paraId, textId: per document


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


def carried_markup(
    old: DocumentType, new: DocumentType, prompts: Mapping[str, str], *, strict: bool = True
) -> dict[str, str]:
    """The markup of every section a person has written in, by tag, fit to stand in ``new``.

    ``prompts`` are the texts the sections held when they were made: one that still holds only its prompt has
    not been written in. Pictures, links, lists and styles the sections use are added to ``new``. Raises
    UserError when a section holds something that cannot be carried (a comment, a footnote, an object); unless
    ``strict``, such a section is left behind instead.
    """
    kept = {}
    for tag, control in editable_controls(old).items():
        if _written_in(control, prompts.get(tag)):
            try:
                kept[tag] = _moved(control, tag, old, new)
            except UserError:
                if strict:
                    raise
    return kept


def _moved(control: Element, tag: str, old: DocumentType, new: DocumentType) -> str:
    moved = copy.deepcopy(control)
    _prepare(moved, tag)
    _carry_relations(moved, tag, old, new)
    _carry_lists(moved, old, new)
    _carry_styles(moved, old, new)
    return as_text(moved)


def _written_in(control: Element, prompt: str | None) -> bool:
    texts = ["".join(t.text or "" for t in p.iter(_w("t"))) for p in control.iter(_w("p"))]
    has_picture = any(True for _ in control.iter(_w("drawing")))
    return has_picture or "\n".join(texts).strip() != (prompt or "").strip()


def _prepare(moved: Element, tag: str) -> None:
    """Drop what only had meaning in the old document; refuse what would be lost."""
    for name in _NOT_CARRIED:
        if next(moved.iter(_w(name)), None) is not None:
            raise _cannot_carry(tag, name)
    for name in (*_DROPPED, "showingPlcHdr"):
        for element in list(moved.iter(_w(name))):
            element.getparent().remove(element)
    for element in moved.iter():
        for attribute in list(element.attrib):
            if any(attribute.startswith(f"{{{space}}}") for space in _OFFICE_EXTRAS):
                del element.attrib[attribute]


def _cannot_carry(tag: str, what: str) -> UserError:
    return UserError(
        Text(
            f"人工填写部分“{tag}”中含有无法自动保留的内容（{what}）",
            f"The section “{tag}” holds something that cannot be carried over ({what})",
        ),
        why=Text("重新生成会丢失它，因此未作任何改动", "it would be lost, so nothing was changed"),
        fix=Text(
            "请删去批注、脚注或嵌入对象后重试；或用 --overwrite（旧报告另存为 report.人工稿.docx）；或复制到另一个文件夹重新生成",
            "remove the comment, note or object and try again; or discard the old report with --overwrite; or "
            "make the report in a copy of the folder",
        ),
    )


def _carry_relations(moved: Element, tag: str, old: DocumentType, new: DocumentType) -> None:
    number = _FIRST_PICTURE
    for element in moved.iter():
        if isinstance(element.tag, str) and local_name(element) == "docPr":
            number += 1
            element.set("id", str(number + sum(map(ord, tag)) * 100))
        for attribute, value in list(element.attrib.items()):
            if attribute.startswith(f"{{{R}}}"):
                element.set(attribute, _new_relation(value, tag, old, new))


def _new_relation(relation_id: str, tag: str, old: DocumentType, new: DocumentType) -> str:
    relation = old.part.rels.get(relation_id)
    if relation is None:
        raise _cannot_carry(tag, relation_id)
    if relation.is_external:
        return str(new.part.relate_to(relation.target_ref, relation.reltype, is_external=True))
    if relation.reltype == RELATIONSHIP_TYPE.IMAGE:
        return str(new.part.get_or_add_image(io.BytesIO(relation.target_part.blob))[0])
    raise _cannot_carry(tag, relation.reltype.rsplit("/", 1)[-1])


def _carry_lists(moved: Element, old: DocumentType, new: DocumentType) -> None:
    """Generated text uses no lists, so the old document's list definitions can take the new one's place."""
    if next(moved.iter(_w("numPr")), None) is None:
        return
    target, source = new.part.numbering_part.element, old.part.numbering_part.element
    for child in list(target):
        target.remove(child)
    for child in source:
        target.append(copy.deepcopy(child))


def _carry_styles(moved: Element, old: DocumentType, new: DocumentType) -> None:
    wanted = [
        str(element.get(_w("val")))
        for name in ("pStyle", "rStyle", "tblStyle")
        for element in moved.iter(_w(name))
    ]
    theirs = {style.get(_w("styleId")): style for style in old.styles.element.iter(_w("style"))}
    ours = {style.get(_w("styleId")) for style in new.styles.element.iter(_w("style"))}
    while wanted:
        style_id = wanted.pop()
        if style_id in ours or style_id not in theirs:
            continue
        style = copy.deepcopy(theirs[style_id])
        new.styles.element.append(style)
        ours.add(style_id)
        wanted += [str(base.get(_w("val"))) for base in style.iter(_w("basedOn"))]

"""Blocks into the body of a document: captions numbered, cross-references linked, contents filled in."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from junheng.reports.word import blocks as b
from junheng.reports.word.markup import (
    bookmark,
    clean,
    content_control,
    drawing,
    link,
    paragraph,
    run,
)
from junheng.reports.word.markup import field as word_field
from junheng.reports.word.sections import section_markup, text_width_mm
from junheng.reports.word.table import table_markup

AddImage = Callable[[bytes], str]
_FIRST_ID = 1000
_AFTER_TABLE = paragraph("", "AfterTable")
# The paragraph that ends a section takes a point: after a full page it would else make an empty one.
_NO_ROOM = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


@dataclass(slots=True)
class BodyWriter:
    """Writes one document's blocks. ``pages`` gives the contents' page numbers by heading position.

    ``kept`` maps the tag of an editable section to the markup a person left in it.
    """

    add_image: AddImage
    section_properties: str
    pages: Mapping[int, int] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    _serial: int = _FIRST_ID
    _orientation: str = "portrait"
    _sections: int = 0

    def write(self, blocks: Sequence[b.Block]) -> str:
        """The markup of all blocks, ready to stand inside ``w:body``."""
        self.labels = number_captions(blocks)
        headings = [block for block in blocks if isinstance(block, b.Heading)]
        position = 0
        written = []
        for block in blocks:
            if isinstance(block, b.Heading):
                written.append(self._heading(block, position))
                position += 1
            elif isinstance(block, b.Contents):
                written.append(self._contents(headings))
            else:
                if isinstance(block, b.Break) and written:
                    written[-1] = written[-1].removesuffix(_AFTER_TABLE)  # the break separates well enough
                written.append(self._other(block))
        return "".join(written)

    def _next(self) -> int:
        self._serial += 1
        return self._serial

    def _other(self, block: b.Block) -> str:
        if isinstance(block, b.Paragraph):
            return paragraph(self._inlines(block.content), block.style)
        if isinstance(block, b.Table):
            return self._table(block)
        if isinstance(block, b.Picture):
            return self._picture(block)
        if isinstance(block, b.Editable):
            return self.kept.get(block.tag) or content_control(
                block.tag, block.title, block.prompt, self._next()
            )
        if isinstance(block, b.Break):
            return self._break(block)
        raise TypeError(f"no way to write {type(block).__name__}")

    def _heading(self, block: b.Heading, position: int) -> str:
        content = bookmark(heading_anchor(position), self._next(), run(block.text))
        return paragraph(content, f"Heading{block.level}")

    def _inlines(self, content: Sequence[b.Inline]) -> str:
        return "".join(self._inline(part) for part in content)

    def _inline(self, part: b.Inline) -> str:
        if isinstance(part, str):
            return run(part)
        if isinstance(part, b.Strong):
            return run(part.text, properties="<w:b/>")
        if isinstance(part, b.Tagged):
            return run(part.text) + link(figure_anchor(part.id), run(part.id, "FigureTag"))
        return link(caption_anchor(part.key), run(self.labels[part.key]))

    def _table(self, block: b.Table) -> str:
        width = text_width_mm(self._orientation)
        caption = self._caption(block.key, block.caption, "TableCaption")
        # Word joins two tables that touch; the small paragraph also gives the eye a rest.
        return caption + table_markup(block, width, self._next) + _AFTER_TABLE

    def _picture(self, block: b.Picture) -> str:
        relation = self.add_image(block.png)
        shown = drawing(relation, self._next(), block.width_mm, block.height_mm, block.description)
        return paragraph(shown, "Figure") + self._caption(block.key, block.caption, "FigureCaption")

    def _caption(self, key: str, caption: str, style: str) -> str:
        if not caption:
            return ""
        name = bookmark(caption_anchor(key), self._next(), run(self.labels[key]))
        return paragraph(name + run(f"　{caption}"), style)

    def _contents(self, headings: Sequence[b.Heading]) -> str:
        entries = [(position, heading) for position, heading in enumerate(headings) if heading.level <= 2]
        instruction = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
            'TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        lines = []
        for number, (position, heading) in enumerate(entries):
            anchor = heading_anchor(position)
            page = word_field(f"PAGEREF {anchor} \\h", str(self.pages.get(position, 1)))
            line = link(anchor, run(heading.text) + "<w:r><w:tab/></w:r>" + page)
            lines.append(paragraph((instruction if number == 0 else "") + line, f"TOC{heading.level}"))
        end = paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "BodyText")
        return paragraph(run("目　录"), "TOCHeading") + "".join(lines) + (end if lines else "")

    def _break(self, block: b.Break) -> str:
        if block.kind == "page":
            return paragraph('<w:r><w:br w:type="page"/></w:r>', "AfterTable")
        properties = section_markup(self.section_properties, self._orientation, first=self._sections == 0)
        self._orientation = block.kind
        self._sections += 1
        return f'<w:p><w:pPr><w:pStyle w:val="AfterTable"/>{_NO_ROOM}{properties}</w:pPr></w:p>'


def number_captions(blocks: Sequence[b.Block]) -> dict[str, str]:
    """“表1”, “图1”… for every captioned table and picture, by key, in order of appearance."""
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, b.Table | b.Picture) and block.caption:
            noun = block.noun if isinstance(block, b.Table) else "图"
            counts[noun] += 1
            labels[block.key] = f"{noun}{counts[noun]}"
    return labels


def heading_anchor(position: int) -> str:
    """The bookmark of the heading at this position of the document."""
    return f"_Toc{900000 + position}"


def figure_anchor(figure_id: str) -> str:
    """The bookmark of a number's row in the index of numbers."""
    return f"figure_{clean(figure_id)}"


def caption_anchor(key: str) -> str:
    """The bookmark of a caption's label."""
    return f"caption_{clean(key.replace('.', '_').replace('-', '_'))}"

"""The XML tree under a Word document: the one place that touches lxml, whose elements have no types."""

from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no type information

Element = Any


def as_text(element: Element) -> str:
    """The element as XML text."""
    return str(etree.tostring(element, encoding="unicode"))


def local_name(element: Element) -> str:
    """The element's name without its namespace."""
    return str(etree.QName(element).localname)


def new_element(name: str) -> Element:
    """A new element with a namespaced name ("{…}sectPr")."""
    return etree.Element(name)


def new_comment(words: str) -> Element:
    """An XML comment, to mark a place."""
    return etree.Comment(words)


def new_child(parent: Element, name: str) -> Element:
    """A new element at the end of ``parent``."""
    return etree.SubElement(parent, name)

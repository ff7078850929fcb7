"""The page as text: nothing loaded, nothing unescaped, nothing in it that the public must not see."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from tests.reports.maps.made_maps import WICKED, made_layers, made_pair

from junheng.basics import Text, UserError
from junheng.planning import Column, Table
from junheng.reports.maps import Audience, map_of, map_page, maps_of

TABLE = Table(
    Text("改划", "moved"),
    [Column(Text("片块", "block")), Column(Text("小学生", "pupils"), "人")],
    [[WICKED, 1_200], ["未知", None]],
    Text("说明", "note"),
)


class Elements(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in {"meta", "input", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(audience: Audience = "public", *, wicked: bool = False) -> str:
    title = f"学区方案{WICKED if wicked else ''}"
    return map_page(title, *maps_of(made_pair(wicked=wicked)), [TABLE], audience=audience)


def data(text: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    held: dict[str, Any] = json.loads(found)
    return held


def test_the_page_is_well_formed_and_loads_nothing() -> None:
    elements = Elements(page())
    assert elements.open == []
    assert {tag for tag, _ in elements.found} & {"img", "link", "iframe", "object", "embed", "image"} == set()
    assert [
        a for _, a in elements.found if "src" in a or "style" in a or any(k.startswith("on") for k in a)
    ] == []
    assert (
        re.findall(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}", page().replace("http://www.w3.org/2000/svg", ""))
        == []
    )
    ids = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_the_policy_names_style_and_script_by_their_hashes() -> None:
    text = page()
    (policy,) = [a["content"] for tag, a in Elements(text).found if tag == "meta" and "http-equiv" in a]
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_wicked_names_stay_words() -> None:
    plain, wicked = Elements(page()), Elements(page(wicked=True))
    assert [tag for tag, _ in plain.found] == [tag for tag, _ in wicked.found]
    assert "<img" not in page(wicked=True)
    assert page(wicked=True).count("</script>") == 2
    assert WICKED in json.dumps(data(page(wicked=True)), ensure_ascii=False).replace('\\"', '"')


def test_names_that_look_like_the_templates_gaps_are_left_alone() -> None:
    layers = replace(made_layers(), name=Text("{{data}}", "{{policy}}"))
    text = map_page("{{statement}}", map_of(layers))
    assert "<h1>{{statement}}</h1>" in text
    assert data(text)["sides"] == ["{{data}}"]


def test_the_public_sees_no_numbers_of_blocks_and_no_flows() -> None:
    public, office = page(), page("office")
    assert [row[2::2] for row in data(public)["areas"]] == [["", ""]] * 36
    assert data(office)["areas"][4][2:5:2] == ["4", "4"]
    assert '<g class="flows"></g>' in public
    assert 'class="flows"><path' in office
    assert "不得公开" in office
    assert "不得公开" not in public
    assert 'class="internal"' not in public


def test_statement_notes_and_tables_are_in_it() -> None:
    text = page()
    assert "审图号" in text
    assert "坐标为假定" in text
    assert '<td class="number">1,200</td>' in text
    assert '<td class="number"></td>' in text
    assert "小学生（人）" in text


def test_same_input_same_bytes_and_small() -> None:
    assert page("office") == page("office")
    assert len(page("office").encode()) < 60_000


def test_maps_of_different_boxes_are_refused() -> None:
    before, after = map_of(made_layers(3)), map_of(made_layers(6))
    with pytest.raises(UserError) as caught:
        map_page("学区", before, after)
    assert "maps_of" in caught.value.lines()[-1].zh


def test_one_map_alone_has_no_second_side() -> None:
    text = map_page("学区", map_of(made_layers()))
    assert "after-ground" not in text.split("<script>")[0]
    assert data(text)["sides"] == ["样例学区"]

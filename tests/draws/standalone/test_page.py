"""verify.html as a file: one script, nothing fetched, nothing written as mark-up, and a policy that fits it."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from tests.draws.standalone.verifiers import by_javascript, html, script

POLICY = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _style() -> str:
    (found,) = re.findall(r"<style>(.*?)</style>", html(), re.DOTALL)
    return str(found)


def test_the_policy_lets_only_this_script_and_style_work() -> None:
    """After a change of the page, the two hashes of the policy must be written anew: they are told here."""
    assert POLICY is not None
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY[1].split(";"))
    assert rules == {
        "default-src": "'none'",
        "script-src": _hash(script()),
        "style-src": _hash(_style()),
        "worker-src": "blob:",
        "connect-src": "'none'",
        "img-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


MARK_UP = ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "new Function"]
NETWORK = [
    "fetch(",
    "XMLHttp",
    "WebSocket",
    "importScripts",
    "import(",
    "localStorage",
    "cookie",
    "sendBeacon",
]


@pytest.mark.parametrize("word", [*MARK_UP, *NETWORK])
def test_words_that_have_no_place_in_it(word: str) -> None:
    assert word not in script()


def test_nothing_is_fetched() -> None:
    assert re.findall(r"https?:|src=|href=|@import|url\(", html()) == []
    assert "style=" not in html()


def test_every_check_is_explained() -> None:
    """Each name that a check can have stands among the explanations for parents."""
    names = set(re.findall(r'(?:judge|skip)\(\s*"[^"]*",\s*"([^"]*)"', script()))
    names |= set(re.findall(r'\["[^"]*", "([^"]*)", \(\) => check', script()))
    names |= {"Result by the cut-offs", "Class"}
    explained = set(re.findall(r'^  "?([A-Za-z][^":]*(?:: [a-z ]+)?)"?: \["', script(), re.MULTILINE))
    assert len(names) > 25
    assert names - explained == set()


def test_the_script_runs_where_there_is_no_page(tmp_path: Path) -> None:
    assert by_javascript([{"transcript": "{}"}], tmp_path)[0][0][2] == "unusable"

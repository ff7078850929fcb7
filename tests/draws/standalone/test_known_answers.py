"""What verify_draw.py computes, against published values: SM3, HMAC, Merkle trees, shown numbers, scores, RFC 3797."""

import ast
import hashlib
import hmac
import subprocess
import sys
from random import Random

import pytest
from tests.draws.standalone.verifiers import python_verifier

from junheng.draws import STANDALONE, MerkleTree, canonical_bytes, merkle_root, ring_order, shown_number

verifier = python_verifier()
SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905-2016, A.1
SM3_64 = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"  # the same, A.2
QUICKNET_657413 = "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"


def test_sm3_of_the_standard() -> None:
    assert verifier.own_sm3(b"abc").hex() == SM3_ABC
    assert verifier.own_sm3(b"abcd" * 16).hex() == SM3_64
    assert verifier.choose_hash("sm3")(b"abc").hex() == SM3_ABC


def test_sm3_is_its_own_where_the_library_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(message: bytes) -> bytes:
        raise ValueError("unsupported hash type sm3")

    monkeypatch.setattr(verifier, "_library_sm3", refuse)
    assert verifier.choose_hash("sm3") is verifier.own_sm3


@pytest.mark.parametrize("length", [0, 1, 55, 56, 63, 64, 65, 200])
def test_hmac_agrees_with_the_library(length: int) -> None:
    key, message = bytes(range(256))[:length], b"ticket\0" + bytes(length)
    found = verifier.Keyed(verifier.choose_hash("sha256"), key)(message)
    assert found == hmac.digest(key, message, "sha256")


def test_the_golden_vector() -> None:
    sha = verifier.choose_hash("sha256")
    d = sha(b"junheng/v1/spec\0{}")
    seed = sha(b"junheng/v1/seed\0" + d + bytes(32) + sha(bytes.fromhex(QUICKNET_657413)))
    assert seed.hex() == "b02878d43ccea8937253ec47461779fcd7c0ed90531425bc70f5d9f698d68578"
    keyed = verifier.Keyed(sha, seed)
    tickets = [keyed(b"ticket\0" + unit).hex()[:16] for unit in (b"p1", b"p2", b"p3", b"p4")]
    assert tickets == ["ecb4b8b123aab799", "795fcb2f968463eb", "81290d08560b3354", "d42c132241639049"]
    sm3 = verifier.Keyed(verifier.own_sm3, seed)
    assert sorted(["p1", "p2", "p3", "p4"], key=lambda u: sm3(f"ticket\0{u}".encode())) == [
        "p3",
        "p1",
        "p2",
        "p4",
    ]


@pytest.mark.parametrize("rows", [0, 1, 2, 3, 5, 8, 13])
def test_trees_and_paths_are_those_of_rfc_6962(rows: int) -> None:
    sha = verifier.choose_hash("sha256")
    leaves = [bytes([i]) * 3 for i in range(rows)]
    root = verifier.merkle_root(sha, leaves)
    assert root == merkle_root("sha256", leaves)
    tree = MerkleTree("sha256", leaves)
    for i, leaf in enumerate(leaves):
        path = [step.hex() for step in tree.inclusion_path(i)]
        assert verifier._is_included(sha, leaf, i, rows, path, root)
        assert not verifier._is_included(sha, leaf + b"x", i, rows, path, root)
        assert not verifier._is_included(sha, leaf, i + 1, rows, path, root)
        assert not verifier._is_included(sha, leaf, i, rows, [*path, "00" * 32], root)
    assert verifier.merkle_root(sha, []).hex() == hashlib.sha256(b"").hexdigest()


def test_shown_numbers_are_those_of_the_board() -> None:
    for text in ("00" * 32, "ff" * 32, hashlib.sha256(b"1").hexdigest()):
        for digits in (9, 10):
            assert verifier.shown_number(text, digits) == shown_number(bytes.fromhex(text), digits)


def test_the_ring_of_nanchang() -> None:
    units = [f"{i:02d}" for i in range(1, 21)]
    found = verifier._by_ring(units, {"start": 6, "step": 3}, False)
    expected = [6, 9, 12, 15, 18, 1, 4, 8, 13, 17, 2, 7, 14, 20, 10]
    assert [int(unit) for unit in found[:15]] == expected == ring_order(20, 6, 3, 15)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("9.18.26.34.41.45./", True),
        ("9.18.26.34.45.41./", False),  # not ascending
        ("9.18.26.34.41.41./", False),  # twice
        ("9.18.26.34.41.50./", False),  # out of range
        ("9.18.26.34.41./", False),
        ("09.18.26.34.41.45./", False),
        ("9.18.26.34.41.45.", False),
        ("9.18.26.34.41.45.//", False),
    ],
)
def test_the_writing_of_rfc_3797(text: str, fits: bool) -> None:
    part = {"count": 6, "low": 1, "high": 49, "ordered": 0, "distinct": 1}
    assert verifier._numbers_fit([part], text) is fits


def test_canonical_text_is_that_of_rfc_8785() -> None:
    value = {"\U0001f600": 1, "\uff21": [2, "é\n\u20ac"], "a": {"10": 0, "1": '\u0001"\\'}}
    assert verifier.canonical(value) == canonical_bytes(value)


def test_standard_scores_do_not_change_with_scale_and_shift() -> None:
    random = Random(1)
    marks = [random.randint(0, 200) for _ in range(50)]
    scores = verifier.standard_scores(marks)
    assert scores == verifier.standard_scores([7 * mark + 3 for mark in marks])
    assert max(map(abs, scores)) <= 4095
    assert verifier.standard_scores([5, None, 5]) == [0, 0, 0]
    assert verifier.standard_scores([0, None, 2]) == [-1024, 0, 1024]


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse((STANDALONE / "verify_draw.py").read_text("utf-8"), feature_version=(3, 8))
    names = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names
    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_it_runs_alone() -> None:
    """Isolated (-I): no environment, no installed package, no other file beside it."""
    command = [sys.executable, "-I", "-S", str(STANDALONE / "verify_draw.py"), "--help"]
    answer = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode == 0
    assert "核对" in answer.stdout
    assert "Exit status" in answer.stdout

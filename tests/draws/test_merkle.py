"""RFC 6962: published roots, and every path and proof of small trees against the definitions."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.draws import (
    MerkleTree,
    check_consistency,
    check_inclusion,
    consistency_path,
    digest,
    inclusion_path,
    merkle_root,
)

# The leaves and roots of the Certificate Transparency reference tests (RFC 6962 §2.1.3 has their shape).
LEAVES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
LEAVES.append(bytes(range(0x60, 0x70)))
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size: int) -> None:
    assert merkle_root("sha256", LEAVES[:size]).hex() == ROOTS[size]


def test_a_leaf_cannot_pass_for_a_node() -> None:
    left, right = digest("sha256", b"\0a"), digest("sha256", b"\0b")
    assert merkle_root("sha256", [b"a", b"b"]) != merkle_root("sha256", [left + right])


def _path(hash_name: str, m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D[n]), word for word as RFC 6962 §2.1.1 defines it."""
    if len(leaves) == 1:
        return []
    k = max(1 << i for i in range(20) if 1 << i < len(leaves))
    if m < k:
        return [*_path(hash_name, m, leaves[:k]), merkle_root(hash_name, leaves[k:])]
    return [*_path(hash_name, m - k, leaves[k:]), merkle_root(hash_name, leaves[:k])]


@pytest.mark.parametrize("hash_name", ["sha256", "sm3"])
@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 8, 13])
def test_every_path(hash_name: str, size: int) -> None:
    leaves = [b"leaf %d" % i for i in range(size)]
    tree = MerkleTree(hash_name, leaves)
    for i, leaf in enumerate(leaves):
        path = inclusion_path(hash_name, leaves, i)
        assert path == _path(hash_name, i, leaves) == tree.inclusion_path(i)
        assert check_inclusion(hash_name, leaf, i, size, path, tree.root)
        assert not check_inclusion(hash_name, leaf + b"x", i, size, path, tree.root)
        assert not check_inclusion(hash_name, leaf, i, size, [*path, bytes(32)], tree.root)
        assert not check_inclusion(hash_name, leaf, size, size, path, tree.root)
        assert not any(
            check_inclusion(hash_name, leaf, j, size, path, tree.root) for j in range(size) if j != i
        )
        if path:
            assert not check_inclusion(hash_name, leaf, i, size, path[:-1], tree.root)
            assert not check_inclusion(hash_name, leaf, i, size, [bytes(32), *path[1:]], tree.root)


@pytest.mark.parametrize("size", [1, 2, 6, 7, 8, 11])
def test_every_consistency_proof(size: int) -> None:
    leaves = [b"line %d" % i for i in range(size)]
    new = merkle_root("sha256", leaves)
    for old_size in range(size + 1):
        old = merkle_root("sha256", leaves[:old_size])
        path = consistency_path("sha256", leaves, old_size)
        assert check_consistency("sha256", old_size, size, old, new, path)
        assert not check_consistency("sha256", old_size, size, old, new, [*path, bytes(32)])
        assert old_size == 0 or not check_consistency("sha256", old_size, size, bytes(32), new, path)
        if path:
            assert not check_consistency("sha256", old_size, size, old, bytes(32), path)
            assert not check_consistency("sha256", old_size, size, old, new, path[:-1])
            assert not check_consistency("sha256", old_size, size, old, new, [])
    assert not check_consistency("sha256", size + 1, size, new, new, [])


def test_rfc_6962_worked_proofs() -> None:
    """The seven leaves of RFC 6962 §2.1.3: PROOF(3), PROOF(4), PROOF(6)."""
    d = [b"d%d" % i for i in range(7)]
    leaf = [digest("sha256", b"\0" + x) for x in d]
    g, h, i, j = ([digest("sha256", b"\1" + a + b) for a, b in list(pairwise(leaf))[::2]] + [leaf[6]])[:4]
    k, l_ = digest("sha256", b"\1" + g + h), digest("sha256", b"\1" + i + j)
    assert consistency_path("sha256", d, 3) == [leaf[2], leaf[3], g, l_]
    assert consistency_path("sha256", d, 4) == [l_]
    assert consistency_path("sha256", d, 6) == [i, j, k]
    assert inclusion_path("sha256", d, 0) == [leaf[1], h, l_]


@settings(max_examples=examples(25))
@given(st.lists(st.binary(max_size=5), min_size=1, max_size=40), st.data())
def test_a_changed_old_line_is_seen(leaves: list[bytes], data: st.DataObject) -> None:
    old_size = data.draw(st.integers(1, len(leaves)))
    changed = data.draw(st.integers(0, old_size - 1))
    old = merkle_root("sha256", leaves[:old_size])
    forged = [*leaves]
    forged[changed] += b"!"
    new, path = merkle_root("sha256", forged), consistency_path("sha256", forged, old_size)
    assert not check_consistency("sha256", old_size, len(leaves), old, new, path)


@pytest.mark.parametrize(("size", "index"), [(0, 0), (3, 3), (3, -1)])
def test_numbers_outside_are_refused(size: int, index: int) -> None:
    leaves = [b""] * size
    with pytest.raises(UserError):
        inclusion_path("sha256", leaves, index)
    with pytest.raises(UserError):
        consistency_path("sha256", leaves, size + 1)

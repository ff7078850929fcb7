"""What each guardian alone is given: a receipt after freezing, a slip after the draw."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.ceremony.declaring import SPEC, Spec
from junheng.draws.ceremony.folder import Ceremony, opened
from junheng.draws.ceremony.freezing import IDENTITIES, read_roll
from junheng.draws.ceremony.rows import row_lines
from junheng.draws.ceremony.running import RESULT, RESULTS, read_seed
from junheng.draws.ceremony.step import Step, require_state
from junheng.draws.merkle import MerkleTree
from junheng.draws.ticketing import ticket

_RECEIPT = Text("打印回执", "print receipts")
_SLIP = Text("打印结果凭条", "print slips")

Paper = dict[str, Any]


def receipts(folder: Path) -> Iterator[Paper]:
    """A receipt per child, ascending by pid: identity, salt, row, and the path that shows it is on the roll.

    Given out before the spec is declared, so that a wrong row is found in time.
    """
    with opened(folder) as ceremony:
        if ceremony.state is Step.EMPTY:
            require_state(ceremony.state, {Step.FROZEN}, _RECEIPT)
        roll = read_roll(ceremony)
        leaves, people = row_lines(ceremony), _people(ceremony)
    tree = MerkleTree(roll.hash_name, leaves)
    for index, (leaf, person) in enumerate(zip(leaves, people, strict=True)):
        yield {
            "format": "junheng/draw-receipt/1",
            "draw_id": roll.draw_id,
            **_own(person, leaf, index, tree),
            "roll_root": roll.root,
        }


def slips(folder: Path, drawn: Mapping[str, str] | None = None) -> Iterator[Paper]:
    """A slip per child, ascending by pid (docs/method/draws.md §4); for its guardian alone.

    ``drawn``: for a ranking that is not by tickets, the unit's rank as 10 digits. Raises UserError
    before the result is decided and after the salts were destroyed.
    """
    with opened(folder) as ceremony:
        if not ceremony.has(RESULT):
            require_state(ceremony.state, {Step.DECIDED, Step.PUBLISHED}, _SLIP)
        spec, seed = ceremony.read_json(SPEC), read_seed(ceremony)
        leaves, people = row_lines(ceremony), _people(ceremony)
        results = ceremony.read(RESULTS).splitlines()
    roll_tree, result_tree = MerkleTree(spec["hash"], leaves), MerkleTree(spec["hash"], results)
    for index, (leaf, person) in enumerate(zip(leaves, people, strict=True)):
        own = _own(person, leaf, index, roll_tree)
        yield {
            "format": "junheng/draw-slip/1",
            "draw_id": spec["draw_id"],
            **own,
            **_tickets(spec, seed, own["row"], drawn),
            "result": json.loads(results[index]),
            "result_path": _hex(result_tree.inclusion_path(index)),
        }


def _own(person: Paper, leaf: bytes, index: int, tree: MerkleTree) -> Paper:
    return {
        "identity": person["identity"],
        "salt": person["salt"],
        "row": json.loads(leaf),
        "index": index,
        "rows": tree.size,
        "roll_path": _hex(tree.inclusion_path(index)),
    }


def _tickets(spec: Spec, seed: bytes, row: Paper, drawn: Mapping[str, str] | None) -> Paper:
    """The unit's ticket, and its tickets at the schools it listed where each school has its own."""
    if spec["kind"] != "admission":
        return {}
    problem, unit = spec["problem"], row["unit"]
    if problem.get("ranking", {}).get("method", "hmac") != "hmac":
        return {"ticket": drawn[unit]} if drawn else {}
    found: Paper = {"ticket": ticket(spec["hash"], seed, unit).hex()}
    if problem.get("tickets") == "per_school":
        found["tickets"] = {s: ticket(spec["hash"], seed, unit, s).hex() for s in row["choices"]}
    return found


def _people(ceremony: Ceremony) -> list[Paper]:
    if not ceremony.has(IDENTITIES):
        raise UserError(
            Text("盐已销毁，不能再打印", "The salts were destroyed: nothing more can be printed"),
            fix=Text("家长手中的凭条仍然有效", "the slips already given out still hold"),
        )
    return [json.loads(line) for line in ceremony.read(IDENTITIES).splitlines()]


def _hex(path: list[bytes]) -> list[str]:
    return [step.hex() for step in path]

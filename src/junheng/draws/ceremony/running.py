"""The rule decides: rows and seed in, leaves and public result out; again, the same bytes."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.canonical import canonical_bytes
from junheng.draws.ceremony.declaring import SPEC, Spec
from junheng.draws.ceremony.folder import Ceremony, json_file, opened
from junheng.draws.ceremony.observing import SEED
from junheng.draws.ceremony.rows import read_rows
from junheng.draws.ceremony.step import Step, require_state
from junheng.draws.entrants import Outcome
from junheng.draws.merkle import merkle_root

RESULT, RESULTS = "result/result.json", "result/results.jsonl"
_DOING = Text("产生结果", "decide the result")

Rows = list[dict[str, Any]]
Result = dict[str, Any]
Decide = Callable[[Spec, Rows, bytes], Outcome]


def run(folder: Path, decide: Decide, *, now: datetime | None = None) -> Result:
    """Decide the draw with ``decide(spec, rows, seed)`` and freeze the result; returns the public part.

    Run again, it computes again: the same bytes change nothing, other bytes raise UserError (the
    program is not the one that decided, or it is not deterministic).
    """
    with opened(folder) as ceremony:
        is_again = ceremony.has(RESULT)
        if not is_again:
            require_state(ceremony.state, {Step.SEEDED}, _DOING)
        spec, rows = ceremony.read_json(SPEC), read_rows(ceremony)
        result, leaves = decided(spec, rows, read_seed(ceremony), decide)
        files = {RESULT: json_file(result), RESULTS: b"\n".join([*leaves, b""])}
        if is_again:
            _require_same(ceremony, files)
            return result
        ceremony.done(
            "run", Step.DECIDED, files, note={"root": result["root"], "rows": result["rows"]}, now=now
        )
    return result


def decided(spec: Spec, rows: Rows, seed: bytes, decide: Decide) -> tuple[Result, list[bytes]]:
    """The public result and the leaves' bytes, checked against the rows."""
    outcome = decide(spec, rows, seed)
    _check_leaves(rows, outcome.leaves)
    if {"root", "rows"} & set(outcome.public):
        raise UserError(Text("public 不应自带 root 与 rows", "public must not bring root and rows"))
    leaves = [canonical_bytes(leaf) for leaf in outcome.leaves]
    root = merkle_root(spec["hash"], leaves).hex()
    return {"root": root, "rows": len(leaves), **outcome.public}, leaves


def read_seed(ceremony: Ceremony) -> bytes:
    """The seed, 32 bytes."""
    return bytes.fromhex(ceremony.read_json(SEED)["seed"])


def _check_leaves(rows: Rows, leaves: Sequence[dict[str, Any]]) -> None:
    """A leaf per row, in the roll's order: nobody is left out, nobody is added."""
    if [leaf.get("pid") for leaf in leaves] != [row["pid"] for row in rows]:
        raise UserError(
            Text("结果与名册不是一一对应", "The result is not one leaf for each row of the roll"),
            why=Text("不能有人漏掉或多出", "nobody may be left out or added"),
            fix=Text("按名册次序给出每个孩子的结果", "give every child's result in the roll's order"),
        )


def _require_same(ceremony: Ceremony, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if ceremony.read(path) != content:
            raise UserError(
                Text("再次计算得到不同的结果", "Running again gave a different result"),
                where=path,
                why=Text(
                    "已封存的结果有效；程序或环境与当时不同",
                    "the frozen result stands; the program is not the one of then",
                ),
                fix=Text("请用方案所列摘要的程序复算", "run the program whose digest the spec names"),
            )

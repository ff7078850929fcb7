"""The published log: unbroken, continuing the transcript's, and holding every file beside it."""

from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError
from junheng.cli.draw.public_folder import PublicFolder

if TYPE_CHECKING:
    from junheng.verification import DrawCheck

_NAME = Text("日志与更正", "Log and corrections")


def check_log(found: PublicFolder) -> "DrawCheck":
    """Whether transcript, spec, result and corrections are what the log says was frozen; not checked without a log.

    A correction that no line of the log holds was never made: whoever adds one to the folder is found out.
    """
    from junheng.draws import check_chain, log_growth, log_head
    from junheng.verification import DrawCheck

    if found.file("log.jsonl") is None:
        return DrawCheck(_NAME, "not_checked", Text("文件夹里没有日志", "there is no log in the folder"))
    log, transcript = found.lines("log.jsonl"), found.json("transcript.json")
    try:
        check_chain(log)
    except UserError as error:
        return DrawCheck(_NAME, "failed", error.what)
    head = transcript["log_head"]
    if log_head(log[: head["size"]]) != head:
        said = Text("日志开头不是公报所指的那一份", "the log does not begin as the transcript says")
        return DrawCheck(_NAME, "failed", said)
    if wrong := _stranger(found, transcript, log):
        return DrawCheck(_NAME, "failed", Text(f"日志中没有 {wrong}", f"no line of the log holds {wrong}"))
    if found.file("log-proof.json") and found.json("log-proof.json") != log_growth(log, head):
        said = Text("日志的续写证明与日志不符", "the proof that the log only grew does not fit the log")
        return DrawCheck(_NAME, "failed", said)
    made = len(found.corrections())
    return DrawCheck(
        _NAME,
        "passed",
        Text(f"{len(log)} 行前后相连，更正 {made} 次", f"{len(log)} lines, {made} corrections"),
    )


def _stranger(found: PublicFolder, transcript: dict[str, Any], log: list[dict[str, Any]]) -> str:
    """The first published object that is not, byte for byte, one the log holds; "" when all are."""
    from junheng.draws import canonical_bytes, digest

    name = transcript["spec"]["hash"]
    frozen = {path: hash_ for entry in log for path, hash_ in entry["files"].items()}
    published = {"spec.json": transcript["spec"], "result/result.json": transcript["result"]}
    published["transcript.json"] = transcript
    for file in found.corrections():
        number = file.stem.rpartition("-")[2]
        published[f"corrections/{number}.json"] = found.json(file.name.removeprefix(found.prefix))
    for path, content in published.items():
        if digest(name, canonical_bytes(content)).hex() != frozen.get(path):
            return path
    return ""

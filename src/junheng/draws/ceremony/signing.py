"""Signatures of the parties under the spec and the result, kept with the ceremony."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.draws.ceremony.committing import check_role
from junheng.draws.ceremony.folder import already_frozen, json_file, opened
from junheng.draws.ceremony.step import Step, require_state
from junheng.draws.ceremony.transcripts import make_transcript, signed_digest
from junheng.draws.signatures import verify

_DOING = Text("附上签名", "attach a signature")
_WHEN = {
    "spec": {Step.DECLARED, Step.REVEALED, Step.OBSERVED, Step.SEEDED, Step.DECIDED},
    "result": {Step.DECIDED},
}
_FIELDS = {"role", "algorithm", "public_key", "signature", "of"}


def attach(folder: Path, signature: Mapping[str, str], *, now: datetime | None = None) -> Text:
    """Keep a signature of the spec or the result, before publication; returns what was found of it.

    Raises UserError for an Ed25519 signature that does not hold; kinds not checked here are recorded.
    """
    entry = _checked_entry(signature)
    path = f"signatures/{entry['of']}/{entry['role']}.json"
    with opened(folder) as ceremony:
        require_state(ceremony.state, _WHEN[entry["of"]], _DOING)
        if ceremony.has(path):
            if ceremony.read_json(path) != entry:
                raise already_frozen(path)
            return Text("已附", "already attached")
        holds, remark = verify(entry, signed_digest(make_transcript(ceremony), entry["of"]))
        if holds is False:
            raise UserError(
                Text("签名无效", "The signature does not hold"),
                where=path,
                fix=Text("请对公布的摘要重新签名", "sign the published digest again"),
            )
        note = {"role": entry["role"], "of": entry["of"], "checked": int(holds is True)}
        ceremony.done("attach", ceremony.state, {path: json_file(entry)}, note=note, now=now)
    return remark


def _checked_entry(signature: Mapping[str, str]) -> dict[str, str]:
    entry = dict(signature)
    if set(entry) != _FIELDS or entry["of"] not in _WHEN:
        raise UserError(
            Text("签名条目的项目不全或有误", "The entry of a signature is not of the agreed form"),
            fix=Text(f"应当且只应有：{sorted(_FIELDS)}", f"exactly these are due: {sorted(_FIELDS)}"),
        )
    check_role(entry["role"])
    return entry

"""The transcript: everything the public needs to check a draw, in one object."""

from typing import Any

from junheng.draws.ceremony.declaring import SPEC
from junheng.draws.ceremony.folder import Ceremony
from junheng.draws.ceremony.log import log_head
from junheng.draws.ceremony.observing import BEACONS, SEED
from junheng.draws.ceremony.revealing import read_reveals
from junheng.draws.ceremony.running import RESULT
from junheng.draws.seeds import result_digest, spec_digest

TRANSCRIPT = "transcript.json"

Transcript = dict[str, Any]


def make_transcript(ceremony: Ceremony) -> Transcript:
    """What has been frozen so far, as a transcript; parts not yet there are left out."""
    spec = ceremony.read_json(SPEC)
    is_supplement = "supplement_of" in spec
    found: Transcript = {
        "format": "junheng/draw-transcript/1",
        "spec": spec,
        "spec_digest": spec_digest(spec).hex(),
        "reveals": [] if is_supplement else read_reveals(ceremony, spec),
        "beacons": ceremony.read_json(BEACONS) if ceremony.has(BEACONS) else [],
    }
    if ceremony.has(SEED):
        found["seed"] = ceremony.read_json(SEED)["seed"]
    if ceremony.has(RESULT):
        found["result"] = ceremony.read_json(RESULT)
    found["signatures"] = read_signatures(ceremony)
    found["log_head"] = log_head(ceremony.log)
    return found


def signed_digest(transcript: Transcript, of: str) -> bytes:
    """The digest a signature of the spec or of the result stands under."""
    if of == "spec":
        return spec_digest(transcript["spec"])
    return result_digest(transcript["spec"]["hash"], transcript["result"])


def read_signatures(ceremony: Ceremony) -> list[dict[str, str]]:
    """The signatures in the order they were attached."""
    entries = [entry for entry in ceremony.log if entry["step"] == "attach"]
    return [ceremony.read_json(path) for entry in entries for path in entry["files"]]

"""Inputs kept ready in the process: the last few findings somebody tries something with."""

import json
import tempfile
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from django.conf import settings

from junheng.basics import Text, UserError
from junheng.data import Snapshot, read_input
from junheng.judgement import Ground, Question, prepare_ground
from junheng.web.findings.models import Finding
from junheng.web.findings.queries import verdict_of
from junheng.web.jobs.queries import known_source
from junheng.web.jobs.unpack import unpack

MOST = 6  # findings kept in a process; some megabytes each
_ready: OrderedDict[str, Ground] = OrderedDict()
_one = Lock()


def ground_of(finding: Finding) -> Ground:
    """The finding's input, ready. Raises UserError where it is not on the server any more, or not the same."""
    with _one:  # two people who open the page together wait for one reading
        if finding.sha256 in _ready:
            _ready.move_to_end(finding.sha256)
            return _ready[finding.sha256]
        ground = _prepared(finding)
        _ready[finding.sha256] = ground
        while len(_ready) > MOST:
            _ready.popitem(last=False)
        return ground


def forget() -> None:
    """Keep nothing ready."""
    with _one:
        _ready.clear()


def _prepared(finding: Finding) -> Ground:
    snapshot = _read(finding)
    manifest = json.loads((finding.folder / "manifest.json").read_bytes())
    stated = sorted(one["sha256"] for one in manifest["inputs"])
    if stated != sorted(one.sha256 for one in snapshot.inputs):
        raise _gone(Text("原始数据与结论所用的不同", "the input is not the one the finding was made from"))
    code = str(verdict_of(finding)["county"]["code"])
    return prepare_ground(snapshot, Question(finding.standard, finding.year), code)


def _read(finding: Finding) -> Snapshot:
    source = known_source(finding)
    if source is None:
        raise _gone(Text("原始数据已不在服务器上", "the input is no longer on the server"))
    if source.suffix != ".zip":
        return read_input(source)
    with tempfile.TemporaryDirectory(prefix=".whatif-", dir=settings.HOME) as folder:
        unpack(source, Path(folder) / "input")
        return read_input(Path(folder) / "input")


def _gone(what: Text) -> UserError:
    return UserError(
        what,
        why=Text("假设测算从原始数据开始", "a what-if starts from the input"),
        fix=Text(
            "请重新上传并评估，再从新的结论开始", "upload and evaluate again, and start from the new finding"
        ),
    )

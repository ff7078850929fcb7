"""Files to be saved: one function names them all."""

import re
from pathlib import Path

from junheng.web.evidence.sending import XLSX, as_attachment, streamed

_SOURCE = Path(__file__).parents[2] / "src/junheng/web"


def test_one_place_writes_the_header() -> None:
    writers = [path for path in _SOURCE.rglob("*.py") if "Content-Disposition" in path.read_text("utf-8")]
    assert [path.relative_to(_SOURCE).as_posix() for path in writers] == ["evidence/sending.py"]


def test_names_of_any_signs_stay_in_the_header() -> None:
    for answer in (
        as_attachment(b"x", '甲 "乙"\r\nX: 1.xlsx', XLSX),
        streamed([b"x"], '甲 "乙"\r\nX: 1.xlsx', XLSX),
    ):
        assert re.fullmatch(r"attachment; filename\*=utf-8''[A-Za-z0-9%._~-]+", answer["Content-Disposition"])
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Type"] == XLSX

"""Which programs decide and check a draw: digests that the spec names before any randomness exists."""

import hashlib
from pathlib import Path

from junheng.draws.canonical import canonical_bytes

_PACKAGE = Path(__file__).resolve().parent.parent
_ROOMS = ("basics", "draws", "admissions", "class_formation")
STANDALONE = _PACKAGE / "draws" / "standalone"


def program_digests() -> dict[str, str]:
    """{"engine", "verify_draw.py", "verify.html"}: SHA-256, hex; a verifier that is absent is left out.

    engine = SHA-256 of JCS({path below junheng: SHA-256 of the file}) over the Python files of the
    rooms that decide a draw; line ends are counted as \\n, as some systems rewrite them.
    """
    engine = {
        path.relative_to(_PACKAGE).as_posix(): _sha256(path)
        for room in _ROOMS
        for path in sorted((_PACKAGE / room).rglob("*.py"))
        if STANDALONE not in path.parents
    }
    found = {"engine": hashlib.sha256(canonical_bytes(engine)).hexdigest()}
    for name in ("verify_draw.py", "verify.html"):
        if (STANDALONE / name).is_file():
            found[name] = _sha256(STANDALONE / name)
    return found


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()

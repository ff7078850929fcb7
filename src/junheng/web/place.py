"""Where the site keeps what is its own: database, findings, evidence, secret key."""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """The site's folder: JUNHENG_HOME, else ``junheng-site`` in the folder it was started from; made when absent."""
    found = Path(os.environ.get("JUNHENG_HOME") or "junheng-site").resolve()
    (found / "static").mkdir(mode=0o700, parents=True, exist_ok=True)
    found.chmod(0o700)
    return found


def secret_key(folder: Path) -> str:
    """JUNHENG_SECRET_KEY, else the key in ``folder``, made on first use and readable by its owner alone."""
    if given := os.environ.get("JUNHENG_SECRET_KEY"):
        return given
    path = folder / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        key = secrets.token_urlsafe(50)
        stream.write(key + "\n")
    return key

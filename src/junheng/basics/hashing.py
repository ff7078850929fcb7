"""Fingerprints of files and bytes (SHA-256, lower-case hex)."""

import hashlib
from pathlib import Path


def sha256_bytes(content: bytes) -> str:
    """SHA-256 of ``content``."""
    return hashlib.sha256(content).hexdigest()


def sha256_file(path: Path) -> str:
    """SHA-256 of a file, read in blocks so that a large one does not fill memory."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

"""LibreOffice without a window: open a workbook, recalculate every formula, save a copy."""

import shutil
from pathlib import Path

from benchmarks.child import Cost, run

_ALWAYS = 0  # OOXMLRecalcMode: 0 always, 1 never, 2 ask
_SETTINGS = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>{_ALWAYS}</value></prop></item>
</oor:items>
"""


def is_installed() -> bool:
    """Whether LibreOffice is there (Debian package libreoffice-calc)."""
    return shutil.which("soffice") is not None


def recalculate(book: Path, folder: Path) -> tuple[Path, Cost]:
    """A recalculated copy of ``book`` in ``folder``, and what that cost, in a private profile."""
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
    target = folder / "recalculated"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    cost = run([*command, "--outdir", str(target), str(book)])
    return target / book.name, cost

"""Asks an advisory feed (OSV's protocol) whether a locked version has a known weakness.

``python scripts/advisories.py [lock …]``: status 0 none known, 1 some, 2 the feed was not reached: nothing was checked.
The feed is JUNHENG_ADVISORIES, by default OSV's own (https://google.github.io/osv.dev/post-v1-querybatch/).
"""

import json
import os
import re
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FEED = "https://api.osv.dev/v1/querybatch"
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
_BATCH = 500  # the feed takes 1000 questions at once
_SECONDS = 30
_NONE, _SOME, _NOT_REACHED = 0, 1, 2


def locked(text: str) -> Sequence[tuple[str, str]]:
    """(name, version) of everything a lock pins; a name may have a version a platform.

    >>> locked("a-b==1.2\\nc[d]==3 ; python_version > '3'\\n# e==4")
    [('a-b', '1.2'), ('c', '3')]
    """
    return _LOCKED.findall(text)


def advisories(pinned: Sequence[tuple[str, str]], feed: str) -> Iterator[tuple[str, str, list[str]]]:
    """(name, version, ids of advisories) of those with any. Raises OSError or ValueError where the feed does not answer."""
    for start in range(0, len(pinned), _BATCH):
        part = pinned[start : start + _BATCH]
        asked = [
            {"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in part
        ]
        for (name, version), told in zip(part, _answers(asked, feed), strict=True):
            if found := [str(one["id"]) for one in told.get("vulns", ())]:
                yield name, version, found


def _answers(asked: list[dict[str, object]], feed: str) -> list[dict[str, list[dict[str, str]]]]:
    body = json.dumps({"queries": asked}).encode()
    request = urllib.request.Request(feed, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
        found: list[dict[str, list[dict[str, str]]]] = json.load(answer)["results"]
    return found


def main(paths: list[str]) -> int:
    """Check locks and say what was found."""
    feed = os.environ.get("JUNHENG_ADVISORIES") or FEED
    locks = [Path(one) for one in paths] or sorted(ROOT.glob("requirements-*.lock"))
    pinned = sorted({item for path in locks for item in locked(path.read_text(encoding="utf-8"))})
    try:
        found = list(advisories(pinned, feed))
    except (OSError, ValueError, KeyError) as error:
        print(f"没有查到：联系不上漏洞库 {feed} | not checked: {type(error).__name__}", file=sys.stderr)
        return _NOT_REACHED
    for name, version, ids in found:
        print(f"{name} {version}: {', '.join(ids)}")
    print(
        f"已查 {len(pinned)} 个锁定版本，{len(found)} 个有公告 | {len(pinned)} versions, {len(found)} with advisories"
    )
    return _SOME if found else _NONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

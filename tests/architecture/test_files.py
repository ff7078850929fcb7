"""Files stay short, carry no registry's host, and are named after what is in them."""

import re
from pathlib import Path

LONGEST = 400
CODE = {".py", ".html", ".js"}
DRAWERS = {"utils", "helpers", "helper", "common", "manager", "managers", "misc", "util", "core"}
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".csv", ".lock", ".txt", ".cfg"}
TEXT |= {".html", ".js", ".css", ".sh", ".ini", ".j2"}

# Written in parts so that this file does not contain what it looks for.
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "mirrors." + "aliyun", "tuna." + "tsinghua"]
HOSTS += ["registry." + "npmjs", "ana" + "conda.org", "repo.maven." + "apache", "repo1." + "maven"]
HOSTS += ["mirrors." + "cloud", "--index-url " + "http", "--extra-index" + "-url", "arti" + "factory"]
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|tmp/bash)" + r"/\w")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def test_no_file_is_longer_than_a_reader_can_hold(tracked: list[Path]) -> None:
    standalone = "standalone"  # one-file verifiers that a citizen downloads alone
    code = [
        path for path in tracked if path.suffix in {".py", ".html", ".js"} and standalone not in path.parts
    ]
    long = {str(path): lines for path in code if (lines := len(_text(path).splitlines())) > LONGEST}
    assert code
    assert long == {}


def test_no_registry_host_in_any_file(tracked: list[Path]) -> None:
    found = [
        f"{path}: {host}"
        for path in tracked
        if path.suffix in TEXT or not path.suffix
        for host in HOSTS
        if host in _text(path)
    ]
    assert found == []


def test_no_path_of_one_machine_in_any_file(tracked: list[Path]) -> None:
    found = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path in tracked
        if path.suffix in TEXT or path.name == "Makefile"
        for number, line in enumerate(_text(path).splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert found == []


def test_no_module_is_a_drawer(python_files: list[Path]) -> None:
    assert [str(path) for path in python_files if DRAWERS & {path.stem, path.parent.name}] == []


def test_suppressions_carry_a_reason(python_files: list[Path]) -> None:
    bare = [
        f"{path}:{number}: {line.strip()}"
        for path in python_files
        for number, line in enumerate(_text(path).splitlines(), 1)
        if _suppresses(line) and not _has_reason(line)
    ]
    assert bare == []


_SUPPRESSION = re.compile(
    r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no cover)\b(?::\s*[A-Z0-9, ]+|\[[\w, -]+\])?"
)
_SKIP = re.compile(r"pytest\.(?:skip|xfail|mark\.skip|mark\.skipif|mark\.xfail)\b(.*)")


def _suppresses(line: str) -> bool:
    return bool(_SUPPRESSION.search(line))


def _has_reason(line: str) -> bool:
    match = _SUPPRESSION.search(line)
    rest = line[match.end() :] if match else ""
    return len(re.sub(r"[^\w]", "", rest)) >= len("because")


def test_the_suppression_checker_sees_both_kinds() -> None:
    silent = "x = 1  # no" + "qa: E501"
    reasoned = silent + " – the table reads better on one line"
    assert _suppresses(silent)
    assert not _has_reason(silent)
    assert _has_reason(reasoned)
    assert not _has_reason("y: int = f()  # type: " + "ignore[arg-type]")


def test_skips_carry_a_reason(python_files: list[Path]) -> None:
    bare = []
    for path in python_files:
        text = _text(path)
        for match in _SKIP.finditer(text):
            call = text[match.start() : match.start() + 300]
            if path != Path(__file__) and not re.search(r"\(\s*f?\"|reason\s*=", call):
                bare.append(f"{path}: {match.group(0)}")
    assert bare == []

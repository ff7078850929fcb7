"""The guide's commands are run, its units and its nginx file are read as their programs read them."""

import os
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
from django.conf import settings
from tests.web.operated import Make, own_sites  # noqa: F401 # fixtures

ROOT = Path(__file__).resolve().parents[2]
GUIDES = [ROOT / "docs" / "operation" / name for name in ("install.md", "upgrade.md")]
UNITS = sorted((ROOT / "deploy").glob("junheng-*.*"))
_BLOCK = re.compile(r"(<!-- tested -->\n)?```sh\n(.*?)```", re.DOTALL)
_WANTED = {
    "User": "junheng", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
    "PrivateDevices": "yes", "CapabilityBoundingSet": "", "RestrictSUIDSGID": "yes", "UMask": "0077",
}  # fmt: skip


def _blocks(guide: Path, *, tested: bool) -> list[str]:
    found = _BLOCK.findall(guide.read_text(encoding="utf-8"))
    return [block for mark, block in found if bool(mark) == tested]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_command_that_can_be_run_is(guide: Path, bare: Make, tmp_path: Path) -> None:
    own, new = bare("home", full=True), bare("new")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python").symlink_to(sys.executable)
    (programs / "python").unlink()
    (programs / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (programs / "python").chmod(0o755)
    environment = own.environment | {
        "PATH": f"{programs}:{os.environ['PATH']}", "BACKUPS": str(tmp_path / "backups"),
        "NEW_HOME": str(new.home), "NEW_DATABASE": new.environment["JUNHENG_DATABASE"],
    }  # fmt: skip
    script = "set -euo pipefail\n" + "\n".join(_blocks(guide, tested=True))
    done = subprocess.run(
        ["bash", "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "完整" in done.stdout


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_other_block_is_a_script(guide: Path) -> None:
    blocks = _blocks(guide, tested=False)
    assert blocks
    for block in blocks:
        done = subprocess.run(["bash", "-n"], input=block, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        for name in re.findall(r"release/deploy/([\w.]+)", block):
            assert (ROOT / "deploy" / name).exists()


def _read(unit: Path) -> ConfigParser:
    """A unit; of a name that stands twice the last is kept."""
    found = ConfigParser(interpolation=None, strict=False, delimiters=("=",), comment_prefixes=("#",))
    found.optionxform = str  # type: ignore[assignment, method-assign] # names are told apart by case
    found.read_string(unit.read_text(encoding="utf-8"))
    return found


def test_every_unit_is_hardened() -> None:
    services = [unit for unit in UNITS if unit.suffix == ".service"]
    assert len(services) == 4
    for unit in services:
        service = dict(_read(unit)["Service"])
        assert {key: service.get(key) for key in _WANTED} == _WANTED, unit.name
        assert service["EnvironmentFile"] == "/etc/junheng/junheng.env"
        assert "/var/lib/junheng" in service["ReadWritePaths"].split()
    for timer in (unit for unit in UNITS if unit.suffix == ".timer"):
        assert timer.with_suffix(".service").exists()
        assert _read(timer)["Timer"]["Persistent"] == "yes"


def test_systemd_itself_reads_every_unit(tmp_path: Path) -> None:
    """With this machine's programs in the place of those in /opt; without systemd the test above stands alone."""
    assert UNITS
    if shutil.which("systemd-analyze") is None:
        return
    for unit in UNITS:
        text = re.sub(r"/opt/junheng/venv/bin/\w+", sys.executable, unit.read_text(encoding="utf-8"))
        (tmp_path / unit.name.replace("@.", "@1.")).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no"]
    paths = [str(path) for path in sorted(tmp_path.iterdir())]
    done = subprocess.run([*command, *paths], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "junheng" in line]
    assert (done.returncode, complaints) == (0, []), done.stderr
    scored = ["systemd-analyze", "security", "--offline=yes", "--threshold=20"]  # of 100; measured: 15
    for path in paths:
        if path.endswith(".service"):
            score = subprocess.run([*scored, path], capture_output=True, text=True, check=False)
            assert score.returncode == 0, score.stdout[-300:] + score.stderr


def test_the_front_server_keeps_no_query() -> None:
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    plain = re.sub(r"'[^']*'|\"[^\"]*\"|#[^\n]*", "", text)
    assert plain.count("{") == plain.count("}")
    logged = text.partition("log_format")[2].partition(";\n")[0]
    assert "$junheng_path" in logged
    for told in (
        "$request ",
        "$request'",
        "$request_uri",
        "$args",
        "$query_string",
        "$http_referer",
        "$http_cookie",
    ):
        assert told not in logged
    for needed in (
        "ssl_protocols TLSv1.2 TLSv1.3;",
        "Strict-Transport-Security",
        "client_max_body_size",
        "crit;",
    ):
        assert needed in text
    assert "X-Request-ID $request_id" in (ROOT / "deploy" / "nginx_proxy.conf").read_text(encoding="utf-8")


def test_the_front_server_takes_what_the_site_takes_and_is_read_by_old_nginx() -> None:
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert f"client_max_body_size {settings.BODY_BYTES // 2**20}m;" in text
    assert not re.search(r"^\s*http2 on;", text, re.MULTILINE), "nginx before 1.25 refuses it"


def test_nginx_itself_reads_the_example(tmp_path: Path) -> None:
    """Where nginx is installed; without it the tests above stand alone."""
    if (nginx := shutil.which("nginx")) is None:
        return
    key, certificate = tmp_path / "junheng.key", tmp_path / "junheng.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=junheng.example.cn"]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for there, here in (
        ("/etc/nginx/tls", tmp_path),
        ("/var/log/nginx", tmp_path),
        ("/etc/nginx", ROOT / "deploy"),
    ):
        text = text.replace(there, str(here))
    text = text.replace("junheng_proxy.conf", "nginx_proxy.conf")
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ {text} }}", encoding="utf-8")
    done = subprocess.run(
        [nginx, "-t", "-p", tmp_path, "-c", whole], capture_output=True, text=True, check=False
    )
    # Its own folders are the machine's, and may not be there: the syntax is what is asked.
    assert "syntax is ok" in done.stderr, done.stderr


def test_every_setting_of_the_example_is_one_of_the_site() -> None:
    settings = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/junheng/web").rglob("*.py"))
    text = (ROOT / "deploy" / "junheng.env").read_text(encoding="utf-8")
    names = re.findall(r"^(?:# )?(JUNHENG_\w+)=", text, re.MULTILINE)
    assert len(names) > 8
    for name in names:
        assert f'"{name}"' in settings, name

"""不连网 No network: nothing in the package could open a connection, nothing in the page could call home."""

import ast
import re
import sys
from pathlib import Path

import pytest
from tests.cases.failures.hall import ROOT

from junheng.draws import STANDALONE

SOURCES = sorted((ROOT / "src" / "junheng").rglob("*.py"))
ROOMS = ("basics", "draws", "admissions", "class_formation", "verification", "reports", "cli")
# Modules that open connections. http.cookies and urllib.parse are not among them: they only read text.
NETWORK = {
    "socket", "ssl", "asyncio", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "socketserver", "xmlrpc",
    "http.client", "http.server", "urllib.request", "urllib.error", "requests", "httpx", "aiohttp", "urllib3",
    "websockets", "paramiko", "boto3", "webbrowser",
}  # fmt: skip
_CALLS_HOME = re.compile(
    rb"""fetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts\s*\(\s*["']http|"""
    rb"""<(?:script|img|iframe|link)[^>]+(?:src|href)\s*=|@import|url\(\s*["']?http"""
)


def _imported(path: Path) -> set[str]:
    """Every module a file imports, lazily or not."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _network(names: set[str]) -> set[str]:
    return {name for name in names if name in NETWORK or name.split(".")[0] in NETWORK}


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_that_draws_imports_a_network_module(room: str) -> None:
    """曾经：抽签软件开奖时连到外地服务器，结果从哪里来说不清。现在：从封存到核对的代码里没有一处能连网。

    Once: the software called a distant server during the draw. Now: no line of code could.
    """
    files = [path for path in SOURCES if path.relative_to(ROOT / "src" / "junheng").parts[0] == room]
    assert files
    assert {path.name: hit for path in files if (hit := _network(_imported(path)))} == {}


def test_the_check_can_see_a_network_module(tmp_path: Path) -> None:
    """对照：真有连网的代码，这项检查看得见。

    For comparison: where there is such an import, this test sees it.
    """
    file = tmp_path / "sample.py"
    file.write_text("def f():\n    from urllib import request\n    import http.client\n", encoding="utf-8")
    assert _network(_imported(file)) == {"urllib.request", "http.client"}


def test_the_verifier_of_one_file_needs_the_standard_library_only() -> None:
    """家长下载的 verify_draw.py 只用 Python 自带的模块，也不连网。

    The verifier families download uses nothing but Python's own modules, none of them for the network.
    """

    names = _imported(STANDALONE / "verify_draw.py")
    assert {name for name in names if name.split(".")[0] not in sys.stdlib_module_names} == set()
    assert _network(names) == set()


def test_the_page_for_families_calls_nobody() -> None:
    """曾经：查询网页把家长输入的证件号发到别处。现在：verify.html 打开以后不取、不发任何东西，浏览器也被禁止这样做。

    Once: a query page sent what families typed elsewhere. Now: the page fetches and sends nothing, and may not.
    """
    page = (STANDALONE / "verify.html").read_bytes()
    assert _CALLS_HOME.search(page) is None
    policy = re.search(rb"Content-Security-Policy\" content=\"([^\"]+)\"", page)
    assert policy is not None
    assert b"default-src 'none'" in policy[1]
    assert b"connect-src 'none'" in policy[1]
    assert _CALLS_HOME.search(b"<script>fetch('https://x')</script>")  # the check can see

"""``junheng serve``: the site in the browser, in a process of its own."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from junheng.basics import Text, UserError


def command(
    host: Annotated[str, typer.Option(help="监听地址 | address")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 | port", min=1, max=65535)] = 8000,
    home: Annotated[Path, typer.Option(help="站点数据文件夹 | folder of the site's data")] = Path(
        "junheng-site"
    ),
    workers: Annotated[int, typer.Option(help="进程数 | processes", min=1)] = 1,
    demo: Annotated[
        bool, typer.Option(help="空站点时建立演示县 | on an empty site, make the made-up county")
    ] = True,
) -> None:
    """Bring the database up to date, make the demonstration county on an empty site, and serve."""
    missing = [name for name in ("django", "granian", "allauth", "whitenoise") if find_spec(name) is None]
    if missing:
        raise UserError(
            Text(f"没有安装网站所需的软件：{'、'.join(missing)}", f"not installed: {', '.join(missing)}"),
            fix=Text("安装 junheng[site]", "install junheng[site]"),
        )
    environment = os.environ | {"JUNHENG_HOME": str(home.resolve())}
    if host not in ("127.0.0.1", "localhost"):
        environment.setdefault("JUNHENG_HOSTS", f"localhost,127.0.0.1,{host}")
    typer.echo("准备数据库 | preparing the database")
    _run(["-m", "junheng.web", "migrate", "--verbosity", "0"], environment)
    if demo:
        _run(["-m", "junheng.web", "demo"], environment)
    typer.echo(f"打开 http://{host}:{port} | open it in the browser; Ctrl-C 停止 stops")
    server = ["-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"]
    _run([*server, "--workers", str(workers), "junheng.web.wsgi:application"], environment)


def _run(arguments: list[str], environment: dict[str, str]) -> None:
    """Raises UserError where the process fails."""
    code = subprocess.run([sys.executable, *arguments], env=environment, check=False).returncode
    if code not in (0, 130):
        raise UserError(
            Text("网站没有启动成功，原因见上", "the site did not start: see above"),
            fix=Text("改正后再试；数据没有改动", "mend it and try again; no data was changed"),
        )

"""``junheng serve``: the site in the browser, in a process of its own."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from junheng.basics import Text, UserError

_PATIENCE_SECONDS = 10.0  # for the server to end its workers
THREADS, BACKLOG = 4, 2048  # measured: benchmarks/row_web.py
_LEAST_BACKLOG = 128  # Granian's
_LOOK_SECONDS, _AGAIN_SECONDS = 0.5, 2.0  # how soon a dead worker is noticed, and started again


def command(
    host: Annotated[str, typer.Option(help="监听地址 | address")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 | port", min=1, max=65535)] = 8000,
    home: Annotated[Path, typer.Option(help="站点数据文件夹 | folder of the site's data")] = Path(
        "junheng-site"
    ),
    workers: Annotated[int, typer.Option(help="进程数 | processes", min=1)] = 1,
    threads: Annotated[
        int,
        typer.Option(
            help="每个进程同时处理的请求数，其余排队 | requests a process answers at once; the others queue",
            min=1,
            envvar="JUNHENG_THREADS",
        ),
    ] = THREADS,
    backlog: Annotated[
        int,
        typer.Option(
            help="排队的连接数 | connections that may queue", min=_LEAST_BACKLOG, envvar="JUNHENG_BACKLOG"
        ),
    ] = BACKLOG,
    jobs: Annotated[
        int, typer.Option(help="后台任务进程数；0 为不启动 | processes for background jobs; 0: none", min=0)
    ] = 1,
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
    with _job_workers(jobs, environment):
        _run(server_arguments(host, port, workers, threads, backlog), environment)


def server_arguments(
    host: str, port: int, workers: int, threads: int = THREADS, backlog: int = BACKLOG
) -> list[str]:
    """How Granian is called for the site: few threads a process, for each holds a connection of the database."""
    options = {
        "host": host,
        "port": port,
        "workers": workers,
        "blocking-threads": threads,
        "backlog": backlog,
    }
    told = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    return ["-m", "granian", "--interface", "wsgi", "--no-ws", *told, "junheng.web.wsgi:application"]


@contextmanager
def _job_workers(count: int, environment: dict[str, str]) -> Iterator[None]:
    """So many workers for background jobs while the block lasts; one that dies is started again."""
    over = threading.Event()
    keepers = [threading.Thread(target=_kept_alive, args=(environment, over)) for _ in range(count)]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        over.set()
        for keeper in keepers:
            keeper.join()


def _kept_alive(environment: dict[str, str], over: threading.Event) -> None:
    """One worker after another until ``over``; each ends by itself when the pipe to its standard input closes."""
    command = [sys.executable, "-m", "junheng.web", "worker", "--attached"]
    while not over.is_set():
        worker = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, start_new_session=True)
        while worker.poll() is None and not over.wait(_LOOK_SECONDS):
            pass
        if worker.stdin:
            worker.stdin.close()
        worker.wait()
        over.wait(_AGAIN_SECONDS)


def _run(arguments: list[str], environment: dict[str, str]) -> None:
    """Raises UserError where the process fails. Interrupted, it ends the process politely: so its own workers end too."""
    process = subprocess.Popen([sys.executable, *arguments], env=environment)
    try:
        code = process.wait()
    except BaseException:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE_SECONDS)
        process.kill()
        raise
    if code not in (0, 130):
        raise UserError(
            Text("网站没有启动成功，原因见上", "the site did not start: see above"),
            fix=Text("改正后再试；数据没有改动", "mend it and try again; no data was changed"),
        )

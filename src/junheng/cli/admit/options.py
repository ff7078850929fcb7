"""The options by which ``junheng admit`` and ``junheng chance`` find the same forms and rules."""

from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.paths import existing

RULES = typer.Option(help="录取规则：YAML 文件或内置规则名 | rules: a YAML file or a shipped one")
Schools = Annotated[
    Path | None,
    typer.Option(
        help="学校名单工作簿（规则文件不列学校时）| schools, where RULES list none", callback=existing
    ),
]
IntakeRule = Annotated[
    Path | None, typer.Option(help="报名规则，默认规则旁的 intake.yaml | intake rule, default beside RULES")
]
Exceptions = Annotated[
    Path | None, typer.Option(help="已确认的例外清单 | confirmed exceptions", callback=existing)
]

"""``python -m junheng.web establish``: a county and its first administrator, who invites the others."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser

from junheng.basics import Text, UserError
from junheng.web.operation.versions import pending
from junheng.web.people.establishing import establish


class Command(BaseCommand):
    """Make them and tell the password once."""

    help = "新站点的第一个县和第一个系统管理员 | the first county of a site and its first administrator"

    def add_arguments(self, parser: CommandParser) -> None:
        """The places, the county's code and since when, the person."""
        parser.add_argument("places", help="国家/省/市/县 | nation/province/city/county")
        parser.add_argument("--code", required=True, help="县的行政区划代码 | the county's code")
        parser.add_argument("--year", required=True, type=int, help="代码起始学年 | first year of the code")
        parser.add_argument("--name", required=True, help="管理员姓名 | the administrator's name")
        parser.add_argument("--username", required=True, help="登录名 | user name")

    def handle(self, *args: Any, **options: Any) -> None:
        """The password goes to the screen and is kept nowhere."""
        names = [name.strip() for name in options["places"].split("/")]
        try:
            _require_a_database()
            county, password = establish(
                names, options["code"], options["year"], options["username"], options["name"]
            )
        except UserError as error:
            self.stderr.writelines(f"{line.zh} | {line.en}\n" for line in error.lines())
            sys.exit(2)
        except ValidationError as error:
            self.stderr.writelines(f"{line}\n" for line in error.messages)
            sys.exit(2)
        self.stdout.write(f"{county}：{options['username']}\t{password}")
        self.stdout.write("只显示一次；登录后请改密码 | shown once; change it after signing in")


def _require_a_database() -> None:
    """Raise UserError where the site was never started, or is older than its software."""
    if pending():
        raise UserError(
            Text("数据库还没有建好", "the database is not made yet"),
            where="establish",
            why=Text("没有写入任何内容", "nothing was written"),
            fix=Text(
                "请先启动一次网站，或运行 python -m junheng.web migrate，再运行本命令",
                "start the site once, or run python -m junheng.web migrate, then this command again",
            ),
        )

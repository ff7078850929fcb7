"""``junheng plan``: what to do about it – a command for each kind, and scenarios side by side."""

import typer

from junheng.cli.plan import command, compare, many, template

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
app.command("invest", help="达标投入规划 | The cheapest road to the standard")(command.of("invest"))
app.command("rotate", help="教师交流轮岗 | Teacher rotation")(command.of("rotate"))
app.command("staff", help="编制与县管校聘 | Posts, recruitment, structure")(command.of("staff"))
app.command("itinerant", help="走教排课与同步课堂 | Itinerant teachers, shared lessons")(
    command.of("itinerant")
)
app.command("pair", help="集团化、结对、托管 | Groups, twinning, trusteeship")(command.of("pair"))
app.command("site", help="学校布局：建、扩、并、撤 | Where schools should be")(command.of("site"))
app.command("zone", help="学区划分与现行学区核查 | Zones, and an audit of today's")(command.of("zone"))
app.command("merge", help="学校撤并：程序、去向、佐证 | Mergers, their duties and evidence")(
    command.of("merge")
)
app.command("ledger", help="项目台账：资金、学位、单位造价 | Projects, money, seats")(command.of("ledger"))
app.command("compare", help="多个方案对比 | Scenarios side by side")(compare.command)
app.command("many", help="一省各县一起规划（多进程）| The counties of a province, by several processes")(
    many.command
)
app.command("template", help="生成规划的空白表格 | Empty tables of a plan")(template.command)

"""``junheng survey``: the recognition survey from sample to rate, and the schools to visit."""

import typer

from junheng.cli.survey import paper, plan, read, schools

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
app.command("plan", help="抽样方案与作答码 | Sample, quotas, answer codes")(plan.command)
app.command("paper", help="纸质问卷与录入表 | Paper questionnaire and its workbook")(paper.command)
app.command("read", help="读入答卷、统计、判定 | Read answers, count, judge")(read.command)
app.command("schools", help="实地学校：分层，封存名册待抽 | Schools to visit: strata, frozen roll")(
    schools.command
)
app.command("drawn", help="实地学校：抽签后的名单 | Schools to visit: the list after the draw")(schools.drawn)

"""``junheng draw``: the steps of a draw that anyone can check, one command each."""

import typer

from junheng.cli.draw import (
    after,
    beacon,
    ceremony,
    commit,
    freeze,
    publish,
    rehearse,
    reveal,
    run,
    seed,
    sign,
    spec,
    verify,
)

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
app.command("freeze", help="一、封存名册 | 1 Freeze the roll")(freeze.command)
app.command("commit", help="二、各方承诺 | 2 Commitment of a party")(commit.command)
app.command("spec", help="三、公告方案 | 3 Declare the spec")(spec.command)
app.command("reveal", help="四、公开秘密数 | 4 Reveal of a party")(reveal.command)
app.command("beacon", help="五、录入公共随机 | 5 Record the public beacons")(beacon.command)
app.command("seed", help="六、计算种子 | 6 Fix the seed")(seed.command)
app.command("run", help="七、抽签 | 7 Decide")(run.command)
app.command("publish", help="八、公布 | 8 Publish")(publish.command)
app.command("sign", help="签名 | Sign the spec or the result")(sign.command)
app.command("verify", help="核对已公布的抽签 | Check a published draw")(verify.command)
app.command("rehearse", help="演练 | Rehearse the whole draw")(rehearse.command)
app.command("ceremony", help="现场大屏引导 | Lead through the steps on a big screen")(ceremony.command)
app.command("strike-off", help="核减并重演 | Strike a child off and replay")(after.strike_off)
app.command("supplement", help="补充抽签 | Supplementary draw")(after.supplement)
app.command("postpone", help="信标之前延期 | Postpone before the beacons")(after.postpone)
app.command("void", help="作废并留事故记录 | Declare void")(after.void)
app.command("forget", help="申诉期后销毁身份与盐值 | Destroy identities and salts")(after.forget)

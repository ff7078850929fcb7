"""``junheng draw publish``: the public folder, the sealed papers, the guardians' slips – each in its own place."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from junheng.basics import Text, UserError, atomic_folder
from junheng.cli.draw.deciding import decider
from junheng.cli.draw.folder import json_lines, roll_of, spec_of
from junheng.cli.draw.show import say, say_fingerprint
from junheng.cli.draw.slips import write_slips
from junheng.cli.paths import existing

_LIST = {"admission": "录取公示表.xlsx", "classes": "分班公示表.xlsx"}
_SEALED = {"admission": "录取名单_封存.xlsx", "classes": "分班名单_封存.xlsx"}


def command(
    draw: Annotated[Path, typer.Argument(help="抽签文件夹 | folder of the draw", callback=existing)],
    out: Annotated[Path, typer.Option(help="公布文件夹（新的）| the public folder (new)")],
    sealed: Annotated[
        Path | None, typer.Option(help="封存材料文件夹：记录与全名单 | sealed papers: minutes, full list")
    ] = None,
    slips: Annotated[
        Path | None, typer.Option(help="各家凭条文件夹（只交本人）| the guardians' slips")
    ] = None,
    with_rows: Annotated[
        bool,
        typer.Option("--with-rows", help="同时公布去标识名册，须通过 k-匿名检查 | the pseudonymous rows too"),
    ] = False,
    roll_is_public: Annotated[
        str,
        typer.Option(help="当地规定名册公开的文号（免 k-匿名检查）| the rule by which the roll is public"),
    ] = "",
) -> None:
    """Publish DRAW. A rehearsal says so in every file name and can never be published as official."""
    from junheng.draws import publish

    spec = spec_of(draw)
    if with_rows and not roll_is_public:
        _require_anonymous(draw, spec)
    purpose = spec["purpose"]
    transcript = publish(draw, out, purpose=purpose, with_rows=with_rows, with_results=with_rows)
    beside = _beside(draw, transcript)
    publish(draw, out, purpose=purpose, with_rows=with_rows, with_results=with_rows, beside=beside)
    say(Text(f"已公布到 {out}", f"published in {out}"))
    if sealed is not None:
        _write_sealed(draw, sealed, transcript)
        say(Text(f"封存材料在 {sealed}", f"sealed papers in {sealed}"))
    if slips is not None:
        count = write_slips(draw, slips, transcript)
        say(
            Text(
                f"{count} 份凭条在 {slips}，只交监护人本人",
                f"{count} slips in {slips}, each for its guardian alone",
            )
        )
    say_fingerprint(Text("结果指纹", "result root"), transcript["result"]["root"])


def _require_anonymous(draw: Path, spec: Mapping[str, Any]) -> None:
    from junheng.admissions import k_anonymity

    if spec["kind"] != "admission":
        raise UserError(
            Text("分班名册含成绩，不公布", "the rows of a class formation hold marks: not published"),
            fix=Text("把去标识名册交给公证、代表和审计", "give the rows to notary, deputies and auditors"),
        )
    report = k_anonymity(json_lines(draw, "roll/rows.jsonl"))
    if not report.may_publish:
        raise UserError(
            report.verdict,
            where=str(draw),
            why=Text("志愿加类别会认出个别孩子", "choices and class would single out some children"),
            fix=Text(
                "不加 --with-rows；把名册交给公证、代表和审计。当地规定名册公开的，用 --roll-is-public 写明文号",
                "leave --with-rows out and give the rows to notary and auditors; or name the rule with --roll-is-public",
            ),
        )


def _beside(draw: Path, transcript: Mapping[str, Any]) -> dict[str, bytes]:
    """What is published beside the transcript: verifiers, notice, masked list."""
    from junheng.admissions import mask_name
    from junheng.draws import STANDALONE
    from junheng.reports.draws import notice_document, write_class_lists, write_public_admissions

    spec, names = transcript["spec"], _names(draw)
    results = json_lines(draw, "result/results.jsonl")
    found = {name: (STANDALONE / name).read_bytes() for name in ("verify_draw.py", "verify.html")}
    found["结果公告.docx"] = notice_document(transcript)
    with tempfile.TemporaryDirectory(prefix="junheng-") as folder:
        path = Path(folder) / "list.xlsx"
        if spec["kind"] == "classes":
            write_class_lists(path, spec, results, names, mask=mask_name)
        else:
            write_public_admissions(path, spec, results, names, _numbers(draw, transcript), mask_name)
        found[_LIST[spec["kind"]]] = path.read_bytes()
    return found


def _write_sealed(draw: Path, folder: Path, transcript: Mapping[str, Any]) -> None:
    """Minutes and full list, readable by the owner alone."""
    from junheng.draws import read_log
    from junheng.reports.draws import minutes_document, write_class_lists, write_sealed_admissions

    spec, names = transcript["spec"], _names(draw)
    results = json_lines(draw, "result/results.jsonl")
    prefix = "演练_" if spec["purpose"] == "rehearsal" else ""
    with atomic_folder(folder) as target:
        target.chmod(0o700)
        (target / f"{prefix}抽签记录.docx").write_bytes(minutes_document(transcript, read_log(draw)))
        path = target / f"{prefix}{_SEALED[spec['kind']]}"
        if spec["kind"] == "classes":
            write_class_lists(path, spec, results, names, mask=None)
        else:
            write_sealed_admissions(path, spec, results, names, _numbers(draw, transcript))


def _names(draw: Path) -> dict[str, dict[str, str]]:
    return {line["pid"]: line["identity"] for line in json_lines(draw, "private/identities.jsonl")}


def _numbers(draw: Path, transcript: Mapping[str, Any]) -> dict[str, str]:
    """The number shown of every child; blank where each school has its own."""
    from junheng.reports.draws import shown

    spec = transcript["spec"]
    if roll_of(draw)["kind"] != "admission" or spec["problem"]["tickets"] == "per_school":
        return {}
    tickets = decider("admission").tickets(
        spec, json_lines(draw, "roll/rows.jsonl"), bytes.fromhex(transcript["seed"])
    )
    return {pid: shown(ticket, int(spec["problem"]["digits"])) for pid, ticket in tickets.items()}

"""Publishing what has files of its own: draws and open data. Files first, then the row."""

import shutil
from collections.abc import Mapping

from django.db import transaction

from junheng.basics import Text, UserError, sha256_bytes
from junheng.draws import canonical_bytes, strict_json
from junheng.web.findings.models import Finding
from junheng.web.people.models import Account, Organisation
from junheng.web.public import opendata
from junheng.web.public.drawing import TRANSCRIPT
from junheng.web.public.models import Draw, OpenData
from junheng.web.public.screening import NUMBERS_AND_HOMES, refuse_personal
from junheng.web.public.storing import alone, record_act, write_folder


def publish_draw(actor: Account | None, county: Organisation, files: Mapping[str, bytes]) -> Draw:
    """A draw's page, from files that ``drawing.public_files`` has let through. Raises UserError."""
    spec = strict_json(files[TRANSCRIPT], where=TRANSCRIPT)["spec"]
    digests = {name: sha256_bytes(part) for name, part in files.items()}
    folder = write_folder("draw", files)
    try:
        with transaction.atomic():
            alone(county)
            _require_same(county, spec["draw_id"], digests[TRANSCRIPT])
            made = Draw.objects.create(
                county=county,
                published_by=actor,
                draw_id=spec["draw_id"][:120],
                title=spec["title"][:200],
                transcript_sha256=digests[TRANSCRIPT],
                folder_name=folder.name,
                files=canonical_bytes(digests).decode("utf-8"),
            )
            detail = {"draw_id": made.draw_id, "sha256": made.transcript_sha256}
            record_act(actor, "draw.publish", "draw", made, detail)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # files nobody knows of are no publication
        raise
    return made


def _require_same(county: Organisation, draw_id: str, sha256: str) -> None:
    """Published again, for a correction, a draw has the very transcript it had."""
    earlier = Draw.objects.filter(county=county, draw_id=draw_id).first()
    if earlier is not None and earlier.transcript_sha256 != sha256:
        raise UserError(
            Text("同一次抽签已公布过另一份记录", "another transcript of this draw was published before"),
            where=draw_id,
            why=Text("公布的记录不会改变", "a published transcript never changes"),
            fix=Text(
                "请上传原来的记录；更正写在更正文件里",
                "send the same one: corrections have files of their own",
            ),
        )


def publish_data(actor: Account | None, finding: Finding, *, with_schools: bool) -> OpenData:
    """The open package of a current finding, and with it the county's verdict. Raises UserError."""
    least = opendata.smallest_cell()
    made_of = opendata.figures(finding, with_schools=with_schools, least=least)
    content = opendata.package(made_of)
    refuse_personal({"": opendata.words(made_of)}, NUMBERS_AND_HOMES, mobiles=True)
    folder = write_folder("data", {"package.zip": content})
    made = OpenData(
        county=finding.county,
        published_by=actor,
        finding=finding,
        standard=finding.standard,
        year=finding.year,
        verdict=finding.verdict,
        with_schools=with_schools,
        smallest_cell=least,
        figures=canonical_bytes(made_of).decode("utf-8"),
        folder_name=folder.name,
        sha256=sha256_bytes(content),
    )
    try:
        _enter_data(actor, made)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # files nobody knows of are no publication
        raise
    return made


@transaction.atomic
def _enter_data(actor: Account | None, made: OpenData) -> None:
    alone(made.county)
    _require_same_shape(made)
    made.save()
    detail = {"finding": made.finding_id, "schools": int(made.with_schools), "sha256": made.sha256}
    record_act(actor, "data.publish", "data", made, detail)


def _require_same_shape(made: OpenData) -> None:
    """Two shapes of the same figures side by side would give away what each of them hides."""
    earlier = OpenData.objects.filter(county=made.county, standard=made.standard, year=made.year)
    shape = made.with_schools, made.smallest_cell
    if any((one.with_schools, one.smallest_cell) != shape for one in earlier):
        raise UserError(
            Text("同一年的数据已按另一种形式公布过", "the same year was published in another shape before"),
            where=str(made),
            why=Text(
                "两份对照可以推出隐去的数字（撤回的也已流出）", "side by side they give away what is hidden"
            ),
            fix=Text("请沿用原来的形式", "keep to the shape it had"),
        )

"""The public folder of a finished draw on the public page: looked through as if it had been uploaded."""

from junheng.basics import Text, UserError
from junheng.web.jobs.models import Job
from junheng.web.jobs.private_work import PUBLIC
from junheng.web.jobs.queries import files_in
from junheng.web.jobs.states import State, Work
from junheng.web.people.models import Account
from junheng.web.public import drawing
from junheng.web.public.folder_actions import publish_draw
from junheng.web.public.models import Draw


def publish(actor: Account, job: Job) -> Draw:
    """The draw's page. Raises UserError where nothing can be published, and as the public's own checks do."""
    files = files_in(job.folder / PUBLIC) if job.folder else {}
    if job.work != Work.DRAW or job.state != State.DONE or not files:
        raise UserError(
            Text("这个任务没有可公布的抽签", "this job keeps no draw to publish"),
            fix=Text(
                "文件过了保存期限的，请重新办理", "past their time papers are cleared: ask for it again"
            ),
        )
    handed = {name: path.read_bytes() for name, path in files.items()}
    return publish_draw(actor, job.county, drawing.public_files(handed))


def published(job: Job) -> Draw | None:
    """The page a draw's job already has, by the number of the draw."""
    if job.work != Work.DRAW or not job.result:
        return None
    number = job.result.get("draw_id", "")[:120]
    return Draw.objects.filter(county=job.county, draw_id=number, withdrawn_on=None).order_by("-pk").first()

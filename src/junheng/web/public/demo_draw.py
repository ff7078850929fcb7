"""The made-up county's published draw: held in earnest once, and put on its page as an office would put it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from junheng.web.people.models import Organisation
from junheng.web.public import drawing
from junheng.web.public.folder_actions import publish_draw

_HELD = Path(__file__).with_name(
    "sample_draw"
)  # examples/make_sample_draw.py held it, by the clock on the wall
SLIPS = "demo-draw-slips"


def open_demo_draw(county: Organisation) -> Iterator[str]:
    """Publish it, checked as every upload is; the slips of three made-up families lie in the site's folder."""
    handed = {path.name: path.read_bytes() for path in _HELD.iterdir() if path.is_file()}
    publish_draw(None, county, drawing.public_files(handed))
    slips = Path(settings.HOME) / SLIPS
    shutil.copytree(_HELD / "slips", slips)
    slips.chmod(0o700)
    yield f"派位结果已公布，三户凭条在 | a draw is published; three families' slips: {slips}"

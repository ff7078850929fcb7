"""What the made-up county has published, so that a stranger finds the public pages in use."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from junheng.web.findings.queries import current
from junheng.web.people.models import Organisation
from junheng.web.public.actions import Told, publish_notice, publish_zones
from junheng.web.public.folder_actions import publish_data
from junheng.web.public.zoning import from_list

_DOORS = 200  # of each made-up street
_HEADS = ("学区", "街道", "门牌号段", "学校", "居委会")
_TRY = "\n\n试用本站时：三户虚构家庭的派位凭条在站点文件夹的 demo-draw-slips 里，可自己核对。"
_NOTICES = (
    ("notice", "义务教育学校招生工作安排（虚构样例）", "小学按学区对口入学，初中公开派位。\n\n全过程不收取任何费用。" + _TRY),
    ("aid", "义务教育家庭经济困难学生生活补助（虚构样例）", "对象、标准与办理时间见各校公告栏。\n\n本站只公布政策与办法，不公布学生信息。"),
    ("matter", "转学办理（虚构样例）", "持转入地居住证明到转入学校办理，学校核对学位后 10 个工作日内答复。"),
)  # fmt: skip


def open_demo_pages(
    county: Organisation, schools: Iterable[str], year: int, first_day: date
) -> Iterator[str]:
    """Zones of the primary ``schools`` and notices from ``first_day`` on, and the figures of the finding of ``year``."""
    handed = _list(schools)
    publish_zones(
        None,
        county,
        from_list(handed, "primary", f"{first_day.year} 年小学学区（虚构样例）", first_day),
        "list",
        handed,
    )
    for kind, title, text in _NOTICES:
        publish_notice(None, county, Told(kind, title, text, first_day, None))
    finding = current(county).filter(year=year).first()
    if finding is not None:
        publish_data(None, finding, with_schools=False)
    yield "公开页面 | public pages"


def _list(schools: Iterable[str]) -> bytes:
    """The statutory list: a made-up street a school."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(_HEADS)
    for number, name in enumerate(schools, 1):
        writer.writerow(
            [f"{name}学区", f"示例{number}路", f"1-{_DOORS}", name, f"示例第{number}社区居民委员会"]
        )
    return stream.getvalue().encode("utf-8-sig")

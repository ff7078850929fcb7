"""The tour: for each role a few steps, in the order of the work, each at a part of the bar."""

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.basics import Text
from junheng.web.front.navigation import ways_of
from junheng.web.people.models import Account, Organisation, Post
from junheng.web.people.queries import posts_of
from junheng.web.people.roles import Role


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the route of the part it points at ("" for none), its heading, its sentence."""

    at: str
    head: Text
    said: Text


_HOME = Step(
    "place",
    Text("从总览开始", "Begin with the overview"),
    Text(
        "这里是您单位的首页：最新结论，和等您办的事。点左上角的“均衡”随时回来。",
        "Your place's first page: the newest verdict, and what waits for you. “Junheng” at the top left leads back here.",
    ),
)
_NOTICES = Step(
    "notices",
    Text("通知会提醒您", "Notices remind you"),
    Text(
        "快到期、被退回、待审核、逾期，都在这里；数字是未读条数。",
        "What is nearly due, sent back, to be reviewed or late is told here; the number counts the unread.",
    ),
)
_WATCH = Step(
    "monitoring",
    Text("监测与整改", "Monitoring and rectification"),
    Text(
        "规则发现的问题成为预警；列入台账后有责任人、期限，由数据复算销号。",
        "What the rules find becomes an alert; in the ledger it has an owner and a deadline, and the data themselves close it.",
    ),
)
_FILL = Step(
    "filing_years",
    Text("填本校报表", "Fill your school's return"),
    Text(
        "报表已按上年数据预填，逐节核对、改动即存；也可下载工作簿离线填。检查没有错误再提交。",
        "Prefilled from last year: check each section, changes are kept at once; or fill the workbook offline. Submit without errors.",
    ),
)
_EVIDENCE = Step(
    "evidence",
    Text("佐证材料", "Evidence"),
    Text(
        "证明某个数字的文件放在这里，报表和整改都可引用。",
        "Files that prove a figure are kept here; returns and gaps refer to them.",
    ),
)
_REVIEW = Step(
    "filing_years",
    Text("开一个年度，审核报表", "Open a year, review returns"),
    Text(
        "定好截止日期开始填报；已提交的逐份审核，退回要指到格；全部通过后定稿并评估。",
        "Set the due date and open the year; review what is submitted, send back by the cell; freeze and judge when all are accepted.",
    ),
)
_WHAT_IF = Step(
    "scenarios",
    Text("假设测算", "What if"),
    Text(
        "改几个数，看结论会怎样变；存下的方案可以比较。它不是统计数据。",
        "Change a few figures and see the verdict move; keep and compare scenarios. None of it is statistics.",
    ),
)
_JOBS = Step(
    "jobs",
    Text("后台任务", "Jobs"),
    Text(
        "评估、报告、投入规划在后台做；可关掉页面，做完再来取。",
        "Evaluations, reports and plans run in the background; close the page and come back for the papers.",
    ),
)
_LEDGERS = Step(
    "ledgers",
    Text("学校台账", "School ledgers"),
    Text(
        "信息化、安全、规范办学逐校逐项记录；隐患整改、控辍保学也在这里。",
        "Records by school and item: safety, conduct, technology; hazards and children not at school are here as well.",
    ),
)
_APPRAISAL = Step(
    "appraisals",
    Text("考核评价", "Appraisal"),
    Text(
        "分轮评分、申诉、签字；目标与承诺一条一账，到期按结论重算。",
        "Rounds of marks, appeals, signatures; targets and promises are kept one by one and judged by the newest finding.",
    ),
)
_WORKS = Step(
    "job_works",
    Text("专项业务", "Subjects"),
    Text(
        "经费、资助、班额、课程、调查、报告核对：上传一个文件，后台算完给出依据。",
        "Money, aid, class sizes, timetables, surveys, report checks: give a file, and the result comes with its rows.",
    ),
)
_PUBLISH = Step(
    "desk",
    Text("公布", "Publish"),
    Text(
        "学区、抽签、公告和数据在这里公布和撤回；公布的内容不改不删。",
        "Zones, draws, notices and figures are published and withdrawn here; what is published is never changed.",
    ),
)
_PEOPLE = Step(
    "people",
    Text("人员与邀请", "People and invitations"),
    Text(
        "账号只凭邀请开通，可从 Excel 批量导入；任职结束，权限立即失效。",
        "Accounts come by invitation, also many at once from Excel; access ends with the post.",
    ),
)
_PLACES = Step(
    "organisation_page",
    Text("机构", "Organisation"),
    Text(
        "新设、改名、撤销学校，按学年给代码；数据按代码归到学校。",
        "Add, rename and close schools and give codes by year: data find their school by code.",
    ),
)
_TRAIL = Step(
    "trail",
    Text("操作记录", "The trail"),
    Text(
        "谁在何时做了什么，只增不改，可以核对和导出。",
        "Who did what, and when: append-only, to be checked and exported.",
    ),
)
_TOKENS = Step(
    "tokens",
    Text("接口", "The interface"),
    Text(
        "别的系统用令牌读写数据；令牌随时可停。",
        "Other systems read and file by tokens, which end whenever you say.",
    ),
)
_REGION = Step(
    "place",
    Text("各县并列", "Counties side by side"),
    Text(
        "最差在前；点县名逐层打开，直到一个数字所依据的单元格。",
        "The worst first; open a county, a school, and down to the cell a figure rests on.",
    ),
)
_REPORTED = Step(
    "clocks_reported",
    Text("报送进度", "Who has reported"),
    Text("哪个县报得慢、差多少，一眼看到。", "Which county is slow, and by how much."),
)
TOURS: Mapping[Role, tuple[Step, ...]] = {
    Role.CLERK: (_HOME, _FILL, _EVIDENCE, _WATCH, _NOTICES),
    Role.HEAD: (_HOME, _FILL, _WATCH, _LEDGERS, _APPRAISAL, _EVIDENCE, _PEOPLE, _NOTICES),
    Role.OFFICER: (_HOME, _REVIEW, _WATCH, _LEDGERS, _APPRAISAL, _WHAT_IF, _JOBS, _WORKS, _PUBLISH, _NOTICES),
    Role.LEADER: (_HOME, _REVIEW, _WATCH, _APPRAISAL, _WHAT_IF, _JOBS, _PUBLISH, _TRAIL, _NOTICES),
    Role.INSPECTOR: (_REGION, _REPORTED, _WATCH, _TRAIL, _NOTICES),
    Role.ADMINISTRATOR: (_HOME, _PLACES, _PEOPLE, _TOKENS, _TRAIL, _NOTICES),
}


def tour_of(person: Account, place: Organisation) -> tuple[Step, ...]:
    """The steps of the post a person looks at a place with; none without one."""
    held = (post for post in posts_of(person) if place.path.startswith(post.organisation.path))
    post = next(held, None)
    return _open_to(person, place, Role(post.role)) if post else ()


def tours_of(person: Account) -> list[tuple[Post, tuple[Step, ...]]]:
    """The steps of each post a person holds, for the page that tells them all."""
    return [(post, _open_to(person, post.organisation, Role(post.role))) for post in posts_of(person)]


def _open_to(person: Account, place: Organisation, role: Role) -> tuple[Step, ...]:
    """The role's steps without parts this person's bar has not: one section of a bureau publishes, another does not."""
    shown = {way.route for way in ways_of(person, place)} | {_NOTICES.at}
    return tuple(step for step in TOURS[role] if step.at in shown)

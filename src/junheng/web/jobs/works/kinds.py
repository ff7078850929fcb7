"""The works of one upload: what each is given, beside what stands on the site. Needs no Django."""

from collections.abc import Mapping

from junheng.basics import Text
from junheng.web.jobs.works.kind import BOOK, DATA_SAMPLES, OVERLAY, YAML, Part, WorkKind
from junheng.web.jobs.works.kinds_reports import REPORT_WORKS
from junheng.web.jobs.works.kinds_schools import SCHOOL_WORKS

_EMPTY = Text("空白样表", "Empty form")


def _book(zh: str, en: str, suffixes: tuple[str, ...] = BOOK, *, is_required: bool = True) -> Part:
    listed = "、".join(suffixes), " ".join(suffixes)
    return Part("book", Text(zh, en), suffixes, Text(*listed), is_required)


_ALL = (
    WorkKind(
        "sizes", Text("班额与大班额", "Class sizes"),
        Text("各学段班额分布、大班额、超过每班上限的年级和需增教室。",
             "Classes by size, large ones, grades over the limit, rooms needed."),
        takes_data=True, options=("standard", "year"), samples=DATA_SAMPLES,
    ),
    WorkKind(
        "lint", Text("报告数字核对", "Check a report"),
        Text("找出一份报告里互相矛盾的数字；不改报告。", "Figures of a report that contradict each other; nothing is mended."),
        parts=(_book("报告", "Report", (".docx", ".txt", ".md")),),
    ),
    WorkKind(
        "funds", Text("公用经费", "Operating funds"),
        Text("逐校算应拨、对到账、列拖欠，每一元写明规则和数据行。",
             "What each school is due, was given and lacks; every yuan with its rule and row."),
        parts=(
            Part("payments", Text("拨付、财政表", "Payments and county money"), BOOK,
                 Text("没有就只算应拨，到账、拖欠无法判定", "without it arrears cannot be told")),
            OVERLAY,
        ),
        takes_data=True, options=("budget_year", "pupils_of", "on"),
        samples={"funds.xlsx": _EMPTY, **DATA_SAMPLES}, is_verified=True,
    ),
    WorkKind(
        "ledger", Text("学校台账", "Ledgers of schools"),
        Text("信息化、安全、规范办学等台账：达标比例、问题的整改、课后服务与校外机构、设备图书的更新。",
             "Informatisation, safety, conduct: rates, findings, after-school service and firms, equipment by age."),
        parts=(_book("台账", "The ledger's book"),),
        takes_data=True, options=("ledger", "on", "year"),
        samples={"ledger-informatisation.xlsx": Text("信息化空表", "Informatisation form"),
                 "ledger-safety.xlsx": Text("校园安全空表", "Safety form"),
                 "ledger-conduct.xlsx": Text("规范办学空表", "Conduct form"),
                 "ledger-weak.xlsx": Text("薄弱学校空表", "Weak schools form"),
                 "ledger-boarding.xlsx": Text("寄宿制学校空表", "Boarding form")},
    ),
    WorkKind(
        "aid", Text("学生资助", "Aid to pupils"),
        Text("资助档案（只用假名编号）：人次、金额、重复与不符、政策公开。",
             "The archive of aid, by pseudonym: totals, duplicates, what does not fit, publication."),
        parts=(_book("资助档案", "Archive"), OVERLAY),
        options=("on",), samples={"aid.xlsx": _EMPTY}, is_verified=True,
    ),
    WorkKind(
        "score", Text("督导评分", "Scores"),
        Text("按指标体系评分：总分区间、等级、评分员差异、申诉、目标。",
             "By an index system: totals as intervals, grades, spread of raters, appeals, targets."),
        parts=(_book("评分表", "Score book"), OVERLAY),
        options=("system", "on"), samples={"score-school-management.xlsx": Text("学校管理空表", "School management form"),
                                           "score-county-duty.xlsx": Text("县级政府履职空表", "County duty form")},
        is_verified=True,
    ),
    WorkKind(
        "surveyplan", Text("认可度调查抽样", "Survey: sample"),
        Text("多少人、哪些对象、分到哪些学校，一份问卷一个作答码。",
             "How many of whom, at which schools; one answer code a paper."),
        takes_data=True, options=("standard", "year", "residents"), samples=DATA_SAMPLES, is_verified=True,
    ),
    WorkKind(
        "survey", Text("认可度调查结果", "Survey: result"),
        Text("录入的答卷：满意率、区间、各类对象，无效卷逐份写明原因。",
             "Typed answers: the rate with its interval, by group; papers that do not count, each with its reason."),
        parts=(_book("录入表或网上答卷", "Typed or web answers", (".xlsx", ".csv", ".json")),),
        options=("plan",), is_verified=True,
    ),
    WorkKind(
        "timetable", Text("课程开齐开足", "Timetable"),
        Text("课程表对课程设置：哪些班缺课时，约缺多少教师。",
             "The timetable against the prescribed hours: classes that lack, and about how many teachers."),
        parts=(
            _book("课程表", "Timetable", (".xlsx", ".csv")),
            Part("curriculum", Text("本省课程设置", "Your curriculum"), YAML,
                 Text("不给就用内置的一份（青岛市公开表），请换成本省现行的", "else the one built in: give your own")),
        ),
        takes_data=True, options=("year",), samples={"timetable.xlsx": _EMPTY},
    ),
    WorkKind(
        "promises", Text("承诺兑现", "Promises"),
        Text("从报告“下一步工作”摘出承诺，用一份结论判断兑现情况。",
             "The next steps of a report, and where each stands by a finding."),
        parts=(
            Part("report", Text("报告", "Report"), (".docx", ".txt"),
                 Text("从中摘出承诺；与台账至少给一个", "to read them out of; give this or the register")),
            Part("book", Text("承诺台账", "Register"), BOOK, Text("已有的台账，续写", "one you keep: it is carried on")),
        ),
        options=("finding", "prefix", "on"), samples={"promises.xlsx": _EMPTY},
    ),
    WorkKind(
        "enrolment", Text("控辍保学比对", "Who is not at school"),
        Text("户籍、学籍、在校、帮扶名单四查三比对，写出三本台账。",
             "Household, register, on-site and relief lists compared; three ledgers."),
        parts=(_book("名单", "Lists", (".xlsx", ".zip")),),
        options=("day",), is_verified=True,
    ),
)  # fmt: skip
WORK_KINDS: Mapping[str, WorkKind] = {kind.work: kind for kind in (*_ALL, *SCHOOL_WORKS, *REPORT_WORKS)}
GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (Text("经费与资助", "Money and aid"), ("funds", "aid")),
    (Text("学生与控辍保学", "Pupils"), ("enrolment", "groups", "sizes")),
    (Text("办学标准与台账", "School standards and ledgers"), ("norms", "ledger", "timetable")),
    (Text("督导评分与调查", "Scores and surveys"), ("score", "surveyplan", "survey", "visits", "drawn")),
    (Text("成文与申报", "Reports and application"), ("compose", "apply")),
    (Text("报告核对", "Reports checked"), ("lint", "promises")),
)

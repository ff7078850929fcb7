"""What a token may do, what a webhook tells of, and where a delivery stands."""

from django.db import models

from junheng.web.front.words import pair


class Scope(models.TextChoices):
    """What a token may do; each is given by itself."""

    READ = "read", pair("读取", "read")
    SUBMIT = "submit", pair("提交", "submit")
    EXPORT = "export", pair("导出", "export")


class Event(models.TextChoices):
    """What a webhook may be told of."""

    RETURN_SUBMITTED = "return.submitted", pair("报表已提交", "return submitted")
    RETURN_ACCEPTED = "return.accepted", pair("报表已通过", "return accepted")
    YEAR_FROZEN = "year.frozen", pair("年度已定稿", "year frozen")
    FINDING_CURRENT = "finding.current", pair("有新结论", "finding current")
    JOB_DONE = "job.done", pair("任务已结束", "job done")
    GAP_OPENED = "gap.opened", pair("差距已立项", "gap opened")
    GAP_CLOSED = "gap.closed", pair("差距已销号", "gap closed")
    TEST = "hook.test", pair("试发", "test")


OFFERED = tuple(one for one in Event if one is not Event.TEST)


class Stand(models.TextChoices):
    """Where a delivery stands."""

    WAITING = "waiting", pair("待发", "waiting")
    SENT = "sent", pair("已送达", "delivered")
    FAILED = "failed", pair("未送达", "not delivered")


class Trouble(models.TextChoices):
    """Why a delivery did not arrive. The receiver's own words are never kept or shown."""

    NONE = "", ""
    ADDRESS = "address", pair("地址不是公网地址", "address not public")
    NAME = "name", pair("域名解析不到", "name not found")
    CONNECT = "connect", pair("连不上", "no connection")
    SECURITY = "security", pair("证书不可信", "certificate not trusted")
    TIME = "time", pair("超时", "time-out")
    ANSWER = "answer", pair("对方没有答 2xx", "answer other than 2xx")
    ENDED = "ended", pair("地址已停用", "address ended")

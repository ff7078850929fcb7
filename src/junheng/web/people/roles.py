"""Who may be what, and where: roles, the kinds of organisations they exist in,
and the sections of an office."""

from django.db import models

from junheng.web.front.words import pair


class Role(models.TextChoices):
    """What a person is in an organisation (design.md §5). The public needs no account."""

    CLERK = "clerk", pair("学校填报员", "school clerk")
    HEAD = "head", pair("校长", "head")
    OFFICER = "officer", pair("县级业务人员", "county officer")
    LEADER = "leader", pair("县级负责人", "county leader")
    INSPECTOR = "inspector", pair("督导人员", "inspector")
    ADMINISTRATOR = "administrator", pair("系统管理员", "administrator")


class Kind(models.TextChoices):
    """Kinds of organisations, from the largest to the smallest."""

    NATION = "nation", pair("国家", "nation")
    PROVINCE = "province", pair("省", "province")
    CITY = "city", pair("市", "city")
    COUNTY = "county", pair("县（区）", "county")
    GROUP = "group", pair("教育集团", "group")
    SCHOOL = "school", pair("学校", "school")
    CAMPUS = "campus", pair("校区", "campus")


class Section(models.TextChoices):
    """Sections of a county's bureau; an officer sees and changes what belongs to theirs."""

    ALL = "", pair("不限科室", "any section")
    STATISTICS = "statistics", pair("规划统计", "statistics")
    BASIC = "basic", pair("基础教育", "basic education")
    PERSONNEL = "personnel", pair("人事", "personnel")
    FINANCE = "finance", pair("财务", "finance")
    SUPERVISION = "supervision", pair("督导", "supervision")


ABOVE: dict[Kind, frozenset[Kind]] = {
    Kind.NATION: frozenset(),
    Kind.PROVINCE: frozenset({Kind.NATION}),
    Kind.CITY: frozenset({Kind.PROVINCE}),
    Kind.COUNTY: frozenset({Kind.CITY, Kind.PROVINCE}),  # a municipality's districts have no city above them
    Kind.GROUP: frozenset({Kind.COUNTY}),
    Kind.SCHOOL: frozenset({Kind.COUNTY, Kind.GROUP}),
    Kind.CAMPUS: frozenset({Kind.SCHOOL}),
}
PLACES: dict[Role, frozenset[Kind]] = {
    Role.CLERK: frozenset({Kind.SCHOOL}),
    Role.HEAD: frozenset({Kind.SCHOOL, Kind.GROUP}),
    Role.OFFICER: frozenset({Kind.COUNTY}),
    Role.LEADER: frozenset({Kind.COUNTY}),
    Role.INSPECTOR: frozenset({Kind.CITY, Kind.PROVINCE, Kind.NATION}),
    Role.ADMINISTRATOR: frozenset({Kind.COUNTY, Kind.CITY, Kind.PROVINCE, Kind.NATION}),
}

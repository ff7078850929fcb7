"""Who may be what, and where: roles, the kinds of organisations they exist in,
and the sections of an office."""

from django.db import models


class Role(models.TextChoices):
    """What a person is in an organisation (design.md §5). The public needs no account."""

    CLERK = "clerk", "学校填报员"
    HEAD = "head", "校长"
    OFFICER = "officer", "县级业务人员"
    LEADER = "leader", "县级负责人"
    INSPECTOR = "inspector", "督导人员"
    ADMINISTRATOR = "administrator", "系统管理员"


class Kind(models.TextChoices):
    """Kinds of organisations, from the largest to the smallest."""

    NATION = "nation", "国家"
    PROVINCE = "province", "省"
    CITY = "city", "市"
    COUNTY = "county", "县（区）"
    GROUP = "group", "教育集团"
    SCHOOL = "school", "学校"
    CAMPUS = "campus", "校区"


class Section(models.TextChoices):
    """Sections of a county's bureau; an officer sees and changes what belongs to theirs."""

    ALL = "", "不限科室"
    STATISTICS = "statistics", "规划统计"
    BASIC = "basic", "基础教育"
    PERSONNEL = "personnel", "人事"
    FINANCE = "finance", "财务"
    SUPERVISION = "supervision", "督导"


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

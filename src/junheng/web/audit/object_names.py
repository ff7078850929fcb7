"""What the objects of entries are called today: a few queries for a page, one for each kind of object on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.utils.timezone import localdate

from junheng.basics import Text
from junheng.judgement.monitoring import load_rules
from junheng.web.audit.detail_words import REFERS, read_detail
from junheng.web.audit.models import Entry
from junheng.web.front.words import half

KINDS: Mapping[str, Text] = {
    "organisation": Text("机构", "place"),
    "account": Text("账号", "account"),
    "post": Text("任职", "post"),
    "invitation": Text("邀请", "invitation"),
    "import": Text("导入", "import"),
    "filing": Text("报表", "return"),
    "county_year": Text("年度", "year"),
    "finding": Text("结论", "finding"),
    "job": Text("任务", "job"),
    "upload": Text("上传文件", "upload"),
    "gap": Text("整改项", "gap"),
    "alert": Text("预警", "alert"),
    "hazard": Text("问题", "finding at a school"),
    "ledger_record": Text("台账记录", "record of a ledger"),
    "child": Text("控辍条目", "entry of a child"),
    "child_ledger": Text("控辍台账", "ledger of children"),
    "sheet_row": Text("底表的行", "row of a sheet"),
    "commitment": Text("目标与承诺", "target or promise"),
    "appraisal": Text("评价", "appraisal"),
    "subject": Text("被评对象", "subject scored"),
    "rule": Text("规则", "rule"),
    "paper": Text("通报与清单", "paper"),
    "given": Text("附加数据", "data given"),
    "evidence": Text("佐证", "evidence"),
    "token": Text("接口令牌", "token"),
    "hook": Text("通知地址", "hook"),
    "notice": Text("公告", "notice"),
    "draw": Text("抽签", "draw"),
    "zones": Text("学区", "zones"),
    "data": Text("开放数据", "open data"),
    "source": Text("来源", "source"),
    "first_filling": Text("来源次序", "order of sources"),
    "scenario": Text("方案", "scenario"),
    "survey": Text("调查", "survey"),
    "terms": Text("期限", "terms"),
    "backup": Text("备份", "backup"),
    "retention": Text("到期清理", "retention"),
}
_MODELS: Mapping[str, tuple[str, tuple[str, ...]]] = {  # model, and what its name needs beside it
    "organisation": ("people.Organisation", ()),
    "account": ("people.Account", ()),
    "post": ("people.Post", ("organisation", "account")),
    "invitation": ("people.Invitation", ("organisation",)),
    "import": ("people.Import", ()),
    "filing": ("filing.Filing", ("school", "county_year__county")),
    "county_year": ("filing.CountyYear", ("county",)),
    "finding": ("findings.Finding", ("county",)),
    "job": ("jobs.Job", ()),
    "upload": ("jobs.Upload", ()),
    "gap": ("monitoring.Gap", ()),
    "alert": ("monitoring.Alert", ("county",)),
    "hazard": ("ledgers.Hazard", ()),
    "child": ("ledgers.Child", ()),
    "ledger_record": ("ledgers.Record", ()),
    "sheet_row": ("ledgers.SheetRow", ()),
    "commitment": ("appraisal.Commitment", ()),
    "appraisal": ("appraisal.Appraisal", ()),
    "subject": ("appraisal.Subject", ()),
    "paper": ("monitoring.Paper", ("county",)),
    "given": ("monitoring.Given", ()),
    "evidence": ("evidence.Evidence", ()),
    "token": ("api.Token", ()),
    "hook": ("api.Hook", ()),
    "notice": ("public.Notice", ()),
    "draw": ("public.Draw", ()),
    "zones": ("public.ZoneVersion", ()),
    "data": ("public.OpenData", ()),
    "source": ("sources.SourceTable", ()),
    "scenario": ("whatif.Scenario", ()),
    "survey": ("survey.Survey", ()),
}


def object_names(entries: Iterable[Entry]) -> Mapping[tuple[str, str], str]:
    """Names by kind and id of what the entries are about and refer to; what is gone has none."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        wanted[entry.object_kind].add(entry.object_id)
        for key, value in read_detail(entry.detail).items():
            kind = REFERS.get((entry.action, key)) or REFERS.get(("", key))
            if kind:
                wanted[kind].add(str(value))
    found: dict[tuple[str, str], str] = {}
    for kind, ids in wanted.items():
        names = _rules(ids) if kind == "rule" else _of_model(kind, ids)
        found |= {(kind, one): name for one, name in names.items()}
    return found


def _of_model(kind: str, ids: Iterable[str]) -> Mapping[str, str]:
    numbers = [int(one) for one in ids if one.isascii() and one.isdigit() and len(one) < 19]
    if kind not in _MODELS or not numbers:
        return {}
    label, beside = _MODELS[kind]
    model: Any = apps.get_model(label)
    rows = model.objects.select_related(*beside) if beside else model.objects
    return {str(pk): _said(kind, one) for pk, one in rows.in_bulk(numbers).items()}


def _said(kind: str, one: Any) -> str:
    return f"{one.account} {one}" if kind == "post" else str(one)


def _rules(ids: Iterable[str]) -> Mapping[str, str]:
    names = {rule.id: half(rule.name.text()) for rule in load_rules((), on=localdate())}
    return {one: f"{one} {names[one]}" for one in ids if one in names}


def kind_words(kind: str) -> Text:
    """The words of a kind of object, or its code."""
    return KINDS.get(kind, Text(kind, kind))

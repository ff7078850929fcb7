"""What must hold between rows: each code once, every reference known, districts named."""

from collections.abc import Iterable

from junheng.admissions.quota.problem import QuotaInput
from junheng.basics import Text, UserError, nearest


def require_coherent(given: QuotaInput) -> None:
    """Raise UserError, placed at the row, for the first thing that contradicts another."""
    _once("高中学校标识码", "senior school code", ((row.id, row.where) for row in given.seniors))
    _once("初中学校标识码", "junior school code", ((row.id, row.where) for row in given.juniors))
    _once("考生号", "examinee number", ((row.id, row.where) for row in given.pupils))
    seniors, juniors = {row.id for row in given.seniors}, {row.id for row in given.juniors}
    districts = {row.district for row in given.juniors if row.district}
    for junior in given.juniors:
        if junior.pack in juniors or junior.district in juniors:
            raise _refuse(
                junior.where, "合并组、区县不能与学校标识码同名", "a pack or district bears a school's code"
            )
        if districts and not junior.district:
            raise _refuse(junior.where, f"{junior.name} 没有填区县", f"{junior.name} has no district")
    for senior in given.seniors:
        _known("招生区县", "district", senior.districts, districts, senior.where)
        if senior.plan is not None and senior.quota is not None and senior.quota > senior.plan:
            raise _refuse(
                senior.where,
                f"指标总数 {senior.quota} 多于招生计划数 {senior.plan}：比例超过 100%",
                f"{senior.quota} quota seats of a plan of {senior.plan}: over 100 %",
            )
    for pupil in given.pupils:
        _known("初中学校标识码", "junior school", (pupil.junior,), juniors, pupil.where)
        _known("志愿", "wish", pupil.wishes, seniors, pupil.where)
        if len(set(pupil.wishes)) != len(pupil.wishes):
            raise _refuse(pupil.where, "同一志愿填了两次", "a wish is given twice")


def _once(zh: str, en: str, entries: Iterable[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for key, where in entries:
        if key in seen:
            raise _refuse(
                where, f"{zh} {key} 重复，首次见于 {seen[key]}", f"{en} {key} again; first at {seen[key]}"
            )
        seen[key] = where


def _known(zh: str, en: str, keys: Iterable[str], known: set[str], where: str) -> None:
    for key in keys:
        if key not in known:
            near = nearest(key, known)
            raise UserError(
                Text(f"{zh} {key} 不在表中", f"{en} {key} is not on its sheet"),
                where=where,
                why=Text(f"最接近的是 {near}", f"the nearest is {near}") if near else None,
                fix=Text("请改正，或补上该行", "mend it, or add the row"),
            )


def _refuse(where: str, zh: str, en: str) -> UserError:
    return UserError(Text(zh, en), where=where, fix=Text("请改正该行", "mend the row"))

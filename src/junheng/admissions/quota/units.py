"""Who receives seats: junior schools with weights, packs of small schools, whole districts."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from junheng.admissions.quota.problem import Junior, Senior
from junheng.admissions.quota.rules import Rules
from junheng.admissions.quota.table import Unit
from junheng.basics import Text, UserError

_BASIS_NAMES = {
    "graduates": Text("毕业生数", "graduates"),
    "pupils": Text("在校生数", "pupils"),
    "examinees": Text("报考人数", "examinees"),
}


def school_unit(junior: Junior, rules: Rules) -> Unit:
    """A junior school as a receiver: weight = basis × own coefficient × (rural coefficient where it is rural).

    Raises UserError for a blank the rules depend on.
    """
    basis: int | None = getattr(junior, rules.basis)
    if basis is None:
        raise _blank(junior, _BASIS_NAMES[rules.basis])
    factor = junior.coefficient
    if rules.rural is not None and rules.rural.coefficient != 1:
        if junior.is_rural is None:
            raise _blank(junior, Text("是否农村初中", "rural junior school"))
        factor *= rules.rural.coefficient if junior.is_rural else 1
    return Unit("school", junior.id, junior.name, basis, basis * factor, bool(junior.is_rural))


def receivers(juniors: Sequence[Junior], rules: Rules) -> tuple[Unit, ...]:
    """The units of these schools in the order of the sheet; a pack stands where its first member does.

    Raises UserError where the members of a pack lie in different districts.
    """
    found: dict[str, list[Junior]] = {}
    for junior in juniors:
        found.setdefault(f"pack {junior.pack}" if junior.pack else f"school {junior.id}", []).append(junior)
    return tuple(
        school_unit(members[0], rules) if key.startswith("school ") else pack_unit(members, rules)
        for key, members in found.items()
    )


def pack_unit(members: Sequence[Junior], rules: Rules) -> Unit:
    """Small schools as one receiver: basis and weight are the sums; rural when every member is."""
    first = members[0]
    stray = next((junior for junior in members if junior.district != first.district), None)
    if stray is not None:
        raise UserError(
            Text(
                f"合并组 {first.pack} 跨了区县：{first.district}、{stray.district}",
                f"pack {first.pack} lies in two districts",
            ),
            where=stray.where,
            why=Text("各区县的指标不同，不能合用", "districts have seats of their own"),
            fix=Text("请按区县分成两组", "make a pack in each district"),
        )
    units = [school_unit(junior, rules) for junior in members]
    names = "、".join(unit.name for unit in units)
    return summed("pack", first.pack, f"{first.pack}（{names}）", units)


def district_units(juniors: Iterable[Junior], rules: Rules) -> tuple[Unit, ...]:
    """Every district as one receiver, in the order of the sheet."""
    found: dict[str, list[Unit]] = {}
    for junior in juniors:
        found.setdefault(junior.district, []).append(school_unit(junior, rules))
    return tuple(summed("district", name, name, units) for name, units in found.items())


def summed(kind: str, id: str, name: str, units: Sequence[Unit]) -> Unit:  # noqa: A002 – as the record names it
    """Units taken together."""
    return Unit(
        "pack" if kind == "pack" else "district",
        id,
        name,
        sum(unit.basis for unit in units),
        sum((unit.weight for unit in units), Fraction(0)),
        all(unit.is_rural for unit in units),
        tuple(unit.id for unit in units),
    )


def serves(senior: Senior, junior: Junior) -> bool:
    """Whether the junior school lies where the senior school's seats go."""
    return not senior.districts or junior.district in senior.districts


def _blank(junior: Junior, what: Text) -> UserError:
    return UserError(
        Text(f"{junior.name} 没有填“{what.zh}”", f"{junior.name}: {what.en} is blank"),
        where=junior.where,
        why=Text(
            "规则按它计算，缺失不能当作 0 或“否”", "the rules reckon with it; absent is neither 0 nor no"
        ),
        fix=Text("请补填", "fill it in"),
    )

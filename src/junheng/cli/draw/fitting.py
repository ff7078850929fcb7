"""Whether the plan given now is the one the roll was frozen under, and the parties are those it names."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.cli.draw.plan import Plan

_NAMES = {
    "draw_id": Text("编号 draw_id", "draw_id"),
    "title": Text("名称 title", "title"),
    "kind": Text("类别 kind", "kind"),
    "hash": Text("算法 hash", "hash"),
}


def require_fitting(plan: Plan, roll: Mapping[str, Any], draw: Path) -> None:
    """Refuse (UserError) another draw's plan, a plan changed since the freeze, and parties other than the plan's."""
    for key, name in _NAMES.items():
        if getattr(plan, key) != roll[key]:
            raise UserError(
                Text(
                    f"方案的{name.zh}是“{getattr(plan, key)}”，封存时是“{roll[key]}”",
                    f"the plan's {name.en} is {getattr(plan, key)!r}, the roll was frozen under {roll[key]!r}",
                ),
                where=str(plan.path),
                why=Text("名册封存以后这些不能改", "these cannot change once the roll is frozen"),
                fix=Text(
                    "请用同一次抽签的 plan.yaml；延期后的抽签把 draw_id 改为新编号",
                    "use the plan of this draw; after a postponement write the new draw_id in it",
                ),
            )
    _require_parties(plan, draw)


def _require_parties(plan: Plan, draw: Path) -> None:
    """Every party of the plan has committed, and nobody else; a plan that names none leaves it open."""
    named = {party["role"] for party in plan.parties}
    committed = {path.stem for path in (draw / "commitments").glob("*.json")}
    if not named or named == committed:
        return
    missing, stranger = sorted(named - committed), sorted(committed - named)
    zh = [f"尚未承诺：{'、'.join(missing)}"] if missing else []
    en = [f"not yet committed: {', '.join(missing)}"] if missing else []
    if stranger:
        zh.append(f"方案中没有的角色：{'、'.join(stranger)}")
        en.append(f"roles that the plan does not name: {', '.join(stranger)}")
    raise UserError(
        Text("；".join(zh), "; ".join(en)),
        where=str(plan.path),
        why=Text(
            "少一方的秘密数，种子就少一方的保证", "the seed is only as safe as the parties that take part"
        ),
        fix=Text(
            "请各方先承诺；角色名写错的，用方案里的角色重新承诺，或改正方案",
            "let every party commit under the role the plan gives it, or mend the plan",
        ),
    )


def party_name(plan: Plan, role: str) -> str:
    """The name the plan gives a role. Raises UserError for a role it does not name."""
    for party in plan.parties:
        if party["role"] == role:
            return str(party.get("name", ""))
    listed = "、".join(str(party["role"]) for party in plan.parties)
    raise UserError(
        Text(f"方案里没有角色 {role}", f"the plan names no role {role}"),
        where=str(plan.path),
        fix=Text(f"方案的角色：{listed}", f"its roles: {listed}"),
    )

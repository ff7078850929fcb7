"""Who bears what is due: the centre by the tier of the province, the rest by the place's own rule."""

from fractions import Fraction

from junheng.funding.exact import Json, exact, spelled

LEVELS = ("province", "city", "county")


def central_part(rules: Json, shared: Fraction) -> Fraction | None:
    """The centre's part of an amount at the nation's own rates; None where no rule of shares is in force."""
    rule = rules["rules"].get("share")
    return None if rule is None else shared * exact(rule["values"][rules["tier"]])


def shares(total: str | None, central: str | None, rules: Json) -> Json:
    """Yuan by level. ``local`` is what the centre does not bear; province, city, county only by a local rule."""
    if total is None or central is None:
        return dict.fromkeys(("central", "local", *LEVELS))
    local = exact(total) - exact(central)
    rule = rules["rules"].get("local_share")
    parts = {
        level: None if rule is None else spelled(local * exact(rule["values"][level])) for level in LEVELS
    }
    return {"central": central, "local": spelled(local), **parts}

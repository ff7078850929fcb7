"""Whether rules make sense as a whole: parts that need, or exclude, one another."""

from collections.abc import Iterator

from junheng.admissions.quota.rules import Rules, WholeSeats
from junheng.basics import Text

Fault = tuple[tuple[str, ...], Text]  # the key at fault, what is wrong


def incoherences(rules: Rules) -> Iterator[Fault]:
    """Every contradiction between parts of ``rules``, with the key to look at."""
    if (rules.levels == 2) != (rules.districts is not None):
        yield (
            ("districts",) if rules.districts is not None else ("levels",),
            Text(
                "districts（分到区的办法）只用于、也必须用于 levels: 2", "districts goes with levels: 2 only"
            ),
        )
    for key, part in (("schools", rules.schools), ("districts", rules.districts)):
        if part is not None:
            yield from _of_seats(key, part)
    yield from _of_minimum(rules)
    if len(set(rules.ties)) != len(rules.ties):
        yield ("ties",), Text("同一次序写了两次", "an order is named twice")
    if rules.admission is not None and rules.eligibility is None:
        yield (
            ("eligibility",),
            Text("录取指标生须先规定资格（eligibility）", "admission needs a rule of eligibility"),
        )


def _of_seats(key: str, part: WholeSeats) -> Iterator[Fault]:
    if (part.totals == "rounding") != (part.correction is not None):
        yield (
            (key, "correction"),
            Text(
                "四舍五入（totals: rounding）必须写明差额怎样调整（correction），其他办法不用",
                "totals: rounding needs a correction, the other methods take none",
            ),
        )


def _of_minimum(rules: Rules) -> Iterator[Fault]:
    if rules.minimum is None:
        return
    if rules.minimum.of == "total" and rules.schools.cells == "separate":
        yield (
            ("minimum", "of"),
            Text(
                "各高中分别分配（cells: separate）时看不到合计，保底只能按每所高中（of: each）",
                "separate rows cannot see a total: use of: each, or cells: controlled",
            ),
        )
    if rules.minimum.of == "each" and rules.schools.cells == "deal":
        yield (
            ("minimum", "of"),
            Text(
                "名额全部随机分发（cells: deal）时不能保证每所高中都有保底，请用 of: total",
                "where all seats are dealt by lot no senior school can be promised: use of: total",
            ),
        )

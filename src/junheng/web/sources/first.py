"""What returns are first filled with: sources in their order, each cell with where it came from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from junheng.web.filing.models import Origin
from junheng.web.filing.prefill import Begun, Seed, Seeds, merged
from junheng.web.people.models import Organisation
from junheng.web.sources.models import FirstFilling, Saying, SourceKind, SourceTable

LAST_YEAR = "last_year"
ORDER = (*(kind.value for kind in SourceKind), LAST_YEAR)  # the default: registers first, last year last


def order_of(county: Organisation, year: int) -> tuple[str, ...]:
    """The order the county set for the year, else the default."""
    found = FirstFilling.objects.filter(county=county, year=year).first()
    return tuple(found.order.split(",")) if found else ORDER


def speaking(county: Organisation, year: int) -> list[SourceTable]:
    """The sources that speak of the year, one of a kind."""
    return list(SourceTable.objects.filter(county=county, year=year, replaced_at=None))


def first_filling(county: Organisation, year: int, schools: Mapping[str, int], before: Seeds) -> Seeds:
    """What the returns of ``schools`` (code → id) begin with: sources and what is known of last year (``before``)."""
    by_kind: dict[str, Seeds] = {LAST_YEAR: before}
    for source in speaking(county, year):
        by_kind[source.kind] = _seeds(source, schools)
    order = [kind for kind in order_of(county, year) if kind in by_kind]
    return {
        school: merged([by_kind[kind].get(school, ()) for kind in order], before.get(school, ()))
        for school in {one for seeds in by_kind.values() for one in seeds}
    }


def _seeds(source: SourceTable, schools: Mapping[str, int]) -> Seeds:
    rows: dict[int, dict[tuple[str, str], dict[str, Begun]]] = defaultdict(lambda: defaultdict(dict))
    origin = Origin(source.kind)
    for code, table, key, column, value, place in Saying.objects.filter(source=source).values_list(
        "code", "table", "key", "column", "value", "place"
    ):
        if code in schools:
            rows[schools[code]][table, key][column] = Begun(value, place, origin)
    return {school: _in_order(found) for school, found in rows.items()}


def _in_order(found: Mapping[tuple[str, str], Mapping[str, Begun]]) -> Sequence[Seed]:
    return [Seed(table, key, cells) for (table, key), cells in sorted(found.items())]

"""The joined views that checks look at beside single tables, as SQL over the canonical tables.

``t_<table>`` is a canonical table, ``p_<table>`` the same a year earlier (its columns prefixed
``previous_``); both are written by ``checks_sql``. Each member contributes ``_at_<table>``, by which a
failing cell is found again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Columns whose value per pupil is compared with the median of the county, to find slips of unit.
MEDIAN_COLUMNS = (
    "equipment_value_yuan",
    "operating_budget_yuan",
    "teaching_area_m2",
    "sports_ground_area_m2",
    "site_area_m2",
    "heated_area_m2",
)


@dataclass(frozen=True, slots=True)
class Extra:
    """Rows joined to a view where one of the columns it ``gives`` is wanted.

    ``sql`` are its common table expressions, the last of them called ``name``; ``using`` the columns that join it,
    of which it has one row each.
    """

    name: str
    gives: tuple[str, ...]
    using: str
    sql: str


@dataclass(frozen=True, slots=True)
class View:
    """A joined view. ``members`` are the tables whose cells it shows; ``reads`` those it only counts.

    ``source`` joins the members (and the year before), ``where`` chooses rows. ``prior`` are tables also seen a year
    earlier; ``terms`` are further columns as expressions, ``extras`` further columns that have to be joined.
    """

    members: tuple[str, ...]
    source: str
    where: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    extras: tuple[Extra, ...] = ()
    reads: tuple[str, ...] = ()
    prior: tuple[str, ...] = ()

    def tables(self) -> tuple[str, ...]:
        """Every canonical table the view reads."""
        return (*self.members, *self.reads)

    def derived(self) -> frozenset[str]:
        """The columns the view has beside those of its tables."""
        return frozenset((*self.terms, *(name for extra in self.extras for name in extra.gives)))


def _presence(table: str) -> dict[str, str]:
    """Whether the input has any row of ``table``, and whether it has one for the row in hand."""
    return {f"any_{table}": f"EXISTS (SELECT 1 FROM t_{table})", f"has_{table}": f"_at_{table} IS NOT NULL"}


_SCHOOL_STAGE = View(
    members=("stage", "school", "teacher_count"),
    reads=("class",),
    source="FROM t_stage LEFT JOIN t_school USING (year, school_id) "
    "LEFT JOIN t_teacher_count USING (year, school_id, stage)",
    terms=_presence("teacher_count"),
    extras=(
        Extra(
            "class_totals",
            ("class_rows", "class_rows_known", "class_rows_pupils", "class_rows_largest"),
            "year, school_id, stage",
            """class_totals AS (
        SELECT year, school_id, stage, count(*) AS class_rows, count(pupils) AS class_rows_known,
            sum(pupils) AS class_rows_pupils, max(pupils) AS class_rows_largest
        FROM t_class GROUP BY ALL
    )""",
        ),
    ),
)

_COUNTY_CODE = "[0-9]{4}(0[1-9]|[1-9][0-9])"
_FEW_SLIPS = 2  # letters a mistyped county code may differ by from the one that was meant
_MEDIANS = ", ".join(f"median({name} / school_pupils) AS median_{name}" for name in MEDIAN_COLUMNS)

_CAMPUS_EXTRAS = (
    Extra(
        "totals",
        ("stage_rows", "primary_rows", "junior_rows", "senior_rows", "school_pupils", "school_classes"),
        "year, school_id",
        """totals AS (
        SELECT year, school_id, count(_at_stage) AS stage_rows,
            count(*) FILTER (stage = 'primary') AS primary_rows,
            count(*) FILTER (stage = 'junior') AS junior_rows,
            count(*) FILTER (stage = 'senior') AS senior_rows,
            CASE WHEN count(pupils) = count(*) THEN sum(pupils) END AS school_pupils,
            CASE WHEN count(classes) = count(*) THEN sum(classes) END AS school_classes
        FROM t_school LEFT JOIN t_stage USING (year, school_id) GROUP BY ALL
    )""",
    ),
    Extra(
        "teachers",
        ("school_teachers",),
        "year, school_id",
        """teachers AS (
        SELECT year, school_id,
            CASE WHEN count(full_time) = count(*) THEN sum(full_time) END AS school_teachers
        FROM t_teacher_count GROUP BY ALL
    )""",
    ),
    Extra(
        "parents",
        ("parent_found", "parent_of_parent", "parent_county_code"),
        "year, parent_school_id",
        """parents AS (
        SELECT year, school_id AS parent_school_id, true AS parent_found, county_code AS parent_county_code,
            parent_school_id AS parent_of_parent
        FROM t_school
    )""",
    ),
    Extra(
        "medians",
        ("county_schools", *(f"median_{name}" for name in MEDIAN_COLUMNS)),
        "year, county_code",
        f"""medians AS (
        SELECT year, county_code, count(*) AS county_schools, {_MEDIANS}
        FROM t_school JOIN totals USING (year, school_id) LEFT JOIN t_premises USING (year, school_id)
        LEFT JOIN t_finance USING (year, school_id) WHERE school_pupils > 0 GROUP BY ALL
    )""",
    ),
    Extra(
        "listed",
        ("is_listed",),
        "year, county_code",
        "listed AS (SELECT year, county_code, true AS is_listed FROM t_county GROUP BY ALL)",
    ),
    Extra(
        "near",
        ("county_code_near",),
        "county_code",
        f"""codes AS (
        SELECT county_code, count(*) AS schools, regexp_full_match(county_code, '{_COUNTY_CODE}') AS good
        FROM t_school GROUP BY ALL
    ),
    near AS (
        SELECT wrong.county_code, arg_min(known.county_code, levenshtein(wrong.county_code, known.county_code)
            + 1.0 / (1 + known.schools)) AS county_code_near
        FROM codes AS wrong JOIN codes AS known ON NOT wrong.good AND known.good
            AND levenshtein(wrong.county_code, known.county_code) <= {_FEW_SLIPS}
        GROUP BY ALL
    )""",
    ),
)

_CAMPUS = View(
    members=("school", "premises", "finance"),
    reads=("stage", "teacher_count", "county"),
    source="FROM t_school LEFT JOIN t_premises USING (year, school_id) "
    "LEFT JOIN t_finance USING (year, school_id)",
    terms={
        **_presence("premises"),
        **_presence("finance"),
        "county_code_digits": "regexp_full_match(county_code, '[0-9]{6}')",
        "county_listed": "CASE WHEN year IN (SELECT year FROM t_county) THEN coalesce(is_listed, false) END",
        "school_id_well_formed": "regexp_full_match(school_id, '[0-9]{10}')",
        "school_id_type": "substr(school_id, 1, 2)",
        "school_id_province": "substr(school_id, 3, 2)",
        "county_code_well_formed": f"regexp_full_match(county_code, '{_COUNTY_CODE}')",
        "any_county_code": f"bool_or(regexp_full_match(county_code, '{_COUNTY_CODE}')) OVER ()",
        "parent_county_well_formed": "regexp_full_match(parent_county_code, '[0-9]{6}')",
        "county_province": "substr(county_code, 1, 2)",
        "town_code_well_formed": "regexp_full_match(town_code, '[0-9]{9}([0-9]{3})?')",
        "town_county": "substr(town_code, 1, 6)",
    },
    extras=_CAMPUS_EXTRAS,
)

_STAGE_CHANGE = View(
    members=("stage", "school", "teacher_count"),
    prior=("stage", "school", "teacher_count"),
    source="""FROM t_stage LEFT JOIN t_school USING (year, school_id)
    LEFT JOIN t_teacher_count USING (year, school_id, stage)
    JOIN p_stage USING (year, school_id, stage)
    LEFT JOIN p_teacher_count USING (year, school_id, stage)""",
)

_CAMPUS_CHANGE = View(
    members=("school", "premises", "finance"),
    prior=("school", "premises", "finance"),
    source="""FROM t_school LEFT JOIN t_premises USING (year, school_id)
    LEFT JOIN t_finance USING (year, school_id)
    JOIN p_school USING (year, school_id)
    LEFT JOIN p_premises USING (year, school_id) LEFT JOIN p_finance USING (year, school_id)""",
)

# Only years that have a year before them in hand: else every school of the first year would be new.
_ROSTER = View(
    members=("school",),
    prior=("school",),
    source="FROM t_school FULL JOIN (SELECT *, true AS was_there FROM p_school) AS before "
    "USING (year, school_id)",
    where="WHERE year IN (SELECT year FROM p_school) AND year IN (SELECT year FROM t_school)",
    terms={"is_new": "was_there IS NULL", "is_gone": "_at_school IS NULL"},
)

_EVIDENCE = View(
    members=("attestation",),
    reads=("school",),
    source="FROM t_attestation",
    extras=(
        Extra(
            "of_county",
            ("county_rating",),
            "year, scope, scope_id, item",
            """of_county AS (
        SELECT year, 'school' AS scope, t_school.school_id AS scope_id, item, max(rating) AS county_rating
        FROM t_school JOIN (
            SELECT year, scope_id AS county_code, item, rating FROM t_attestation WHERE scope = 'county'
        ) AS of_whole USING (year, county_code) GROUP BY ALL
    )""",
        ),
    ),
)

_QUOTA_SEATS = View(
    members=("quota",),
    source="FROM t_quota",
    extras=(
        Extra(
            "plans",
            ("plans_told",),
            "year, senior_school_id",
            """plans AS (
        SELECT year, senior_school_id, count(DISTINCT plan) AS plans_told FROM t_quota GROUP BY ALL
    )""",
        ),
    ),
)

VIEWS: Mapping[str, View] = {
    "evidence": _EVIDENCE,
    "quota_seats": _QUOTA_SEATS,
    "school_stage": _SCHOOL_STAGE,
    "campus": _CAMPUS,
    "stage_change": _STAGE_CHANGE,
    "campus_change": _CAMPUS_CHANGE,
    "roster": _ROSTER,
}


def view_named(name: str) -> View:
    """A joined view, or the view of a single canonical table."""
    return VIEWS.get(name) or View(members=(name,), source=f"FROM t_{name}")

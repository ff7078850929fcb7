"""Controlled rounding: margins hold, nobody is passed over who could have been served."""

from fractions import Fraction
from itertools import product
from math import ceil, floor

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admissions.quota.made_problem import one_row, problem, rules, table
from tests.effort import examples

from junheng.admissions import QuotaLot, allocate_quota, quota_seed_lot
from junheng.admissions.quota.flow import Flow

Table = list[list[Fraction]]


def _ups(flow: Flow, width: int) -> list[list[int]]:
    return [[row >> column & 1 for column in range(width)] for row in flow.up_row]


def _parts(exact: Table) -> Table:
    return [[share - floor(share) for share in row] for row in exact]


@st.composite
def exact_tables(draw: st.DrawFn, height: int = 5, width: int = 6) -> Table:
    """Exact tables whose rows add up to whole numbers; columns need not."""
    rows, columns = draw(st.integers(1, height)), draw(st.integers(1, width))
    found = []
    for _ in range(rows):
        weights = draw(st.lists(st.integers(0, 30), min_size=columns, max_size=columns))
        seats = draw(st.integers(0, 40))
        total = sum(weights)
        found.append([Fraction(seats * weight, total) if total else Fraction(0) for weight in weights])
    return found


@given(exact_tables())
@settings(max_examples=examples(80), deadline=None)
def test_a_rounding_with_all_margins_always_exists(exact: Table) -> None:
    width = len(exact[0])
    ups = _ups(Flow(_parts(exact)), width)
    for row, up in zip(exact, ups, strict=True):
        assert sum(floor(share) + more for share, more in zip(row, up, strict=True)) == sum(row)
        assert all(share != floor(share) for share, more in zip(row, up, strict=True) if more)
    for column in range(width):
        exact_sum = sum((row[column] for row in exact), Fraction(0))
        whole = sum(floor(row[column]) + up[column] for row, up in zip(exact, ups, strict=True))
        assert floor(exact_sum) <= whole <= ceil(exact_sum)


def test_a_published_table_is_rounded() -> None:
    """The table of a text book exercise on rounding by flows: rows 24, 27, 4 and columns 26, 22, 7 as printed."""
    exact = [
        [Fraction("11.998"), Fraction("9.083"), Fraction("2.919")],
        [Fraction("12.983"), Fraction("10.872"), Fraction("3.145")],
        [Fraction("1.019"), Fraction("2.045"), Fraction("0.936")],
    ]
    ups = _ups(Flow(_parts(exact)), 3)
    found = [
        [floor(share) + up for share, up in zip(row, more, strict=True)]
        for row, more in zip(exact, ups, strict=True)
    ]
    assert [sum(row) for row in found] == [24, 27, 4]
    assert [sum(column) for column in zip(*found, strict=True)] == [26, 22, 7]


def _all_roundings(exact: Table) -> list[tuple[tuple[int, ...], ...]]:
    """Every admissible rounding, by trying them all."""
    cells = [[(0, 1) if share != floor(share) else (0,) for share in row] for row in exact]
    rows = [
        [up for up in product(*choices) if sum(up) == sum(share - floor(share) for share in row)]
        for choices, row in zip(cells, exact, strict=True)
    ]
    columns = [
        sum((share - floor(share) for share in column), Fraction(0)) for column in zip(*exact, strict=True)
    ]
    return [
        ups
        for ups in product(*rows)
        if all(
            floor(part) <= sum(column) <= ceil(part)
            for column, part in zip(zip(*ups, strict=True), columns, strict=True)
        )
    ]


@given(exact_tables(3, 4))
@settings(max_examples=examples(80), deadline=None)
def test_the_order_is_kept_against_every_rounding(exact: Table) -> None:
    """Brute force: of all admissible roundings ours is the first by columns in order, then by cells in order."""
    height, width = len(exact), len(exact[0])
    flow = Flow(_parts(exact))
    columns = [
        sum((share - floor(share) for share in column), Fraction(0)) for column in zip(*exact, strict=True)
    ]
    column_order = sorted(
        (j for j in range(width) if columns[j] != floor(columns[j])),
        key=lambda j: (floor(columns[j]) - columns[j], j),
    )
    cell_order = sorted(
        ((i, j) for i, j in product(range(height), range(width)) if exact[i][j] != floor(exact[i][j])),
        key=lambda at: (floor(exact[at[0]][at[1]]) - exact[at[0]][at[1]], at),
    )
    for j in column_order:
        flow.take_column(j)
    for i, j in cell_order:
        flow.take_cell(i, j)

    def rank(ups: tuple[tuple[int, ...], ...]) -> tuple[list[int], list[int]]:
        sums = [sum(row[j] for row in ups) for j in range(width)]
        return [sums[j] for j in column_order], [ups[i][j] for i, j in cell_order]

    best = max(_all_roundings(exact), key=rank)
    assert _ups(flow, width) == [list(row) for row in best]


@given(
    st.lists(st.integers(0, 120), min_size=1, max_size=5),
    st.lists(st.integers(1, 300), min_size=1, max_size=8),
    st.sampled_from(["largest_remainder", "lot"]),
)
@settings(max_examples=examples(60), deadline=None)
def test_rows_columns_and_cells_of_an_allocation(seats: list[int], graduates: list[int], totals: str) -> None:
    way = {"totals": totals, "cells": "controlled"}
    found = table(allocate_quota(problem(seats, graduates), rules(schools=way), quota_seed_lot("0f" * 32)))
    total = sum(graduates)
    assert [sum(row) for row in found] == seats
    for j, basis in enumerate(graduates):
        assert abs(Fraction(sum(seats) * basis, total) - sum(row[j] for row in found)) < 1
        for i, count in enumerate(seats):
            assert abs(Fraction(count * basis, total) - found[i][j]) < 1


def test_the_totals_are_those_of_one_big_school() -> None:
    """Where every senior school serves every junior school, the totals are the largest remainders of the sum."""
    graduates = [231, 118, 77, 305, 64]
    found = table(allocate_quota(problem([31, 17, 40], graduates), rules(), QuotaLot()))
    assert [sum(column) for column in zip(*found, strict=True)] == one_row(88, graduates, QuotaLot())

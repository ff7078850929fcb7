from hypothesis import given
from hypothesis import strategies as st

from junheng.data.synthetic.draws import Draws, share_out


def test_a_draw_is_the_same_on_every_machine() -> None:
    """SHA-256 of "2024|a|1", first 53 bits: worked out once with another tool (sha256sum)."""
    assert Draws(2024).unit("a", 1) == (0x6A478E3B9D38ACB4 >> 11) / 2**53


@given(total=st.integers(0, 10_000), weights=st.lists(st.integers(1, 500), min_size=1, max_size=40))
def test_parts_sum_to_the_whole_and_stay_within_one_of_their_share(total: int, weights: list[int]) -> None:
    parts = share_out(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


@given(seed=st.integers(), low=st.integers(-50, 50), span=st.integers(0, 50), name=st.text())
def test_whole_numbers_stay_in_their_range(seed: int, low: int, span: int, name: str) -> None:
    assert low <= Draws(seed).whole(low, low + span, name) <= low + span

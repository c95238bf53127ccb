"""What to do next, and when."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.sync import planner
from checkpoint_app.sync.planner import Outcome
from checkpoint_core.trouble import Trouble

NOW = datetime(2021, 9, 14, 8, tzinfo=UTC)


def test_batches_double_up_to_500_and_halve_down_to_one() -> None:
    sizes = [planner.FIRST_BATCH]
    for _ in range(5):
        sizes.append(planner.grow(sizes[-1]))
    assert sizes == [50, 100, 200, 400, 500, 500]
    for _ in range(10):
        sizes.append(planner.halve(sizes[-1]))
    assert sizes[-1] == 1


@given(st.lists(st.integers(1, 2000), max_size=50), st.integers(1, 5000))
def test_a_body_never_exceeds_the_limit_but_for_a_single_entry(sizes: list[int], limit: int) -> None:
    count = planner.fitting(sizes, limit)
    assert (count >= 1) == bool(sizes)
    assert count <= 1 or sum(sizes[:count]) + count <= limit
    assert count == len(sizes) or sum(sizes[: count + 1]) + count + 1 > limit


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_back_off_is_between_nothing_and_five_minutes(failures: int, jitter: float) -> None:
    assert 0 <= planner.back_off(failures, jitter) <= 300


def test_back_off_grows_from_two_seconds() -> None:
    assert [planner.back_off(failures, 1) for failures in (1, 2, 3, 9)] == [2, 4, 8, 300]


def test_nothing_cuts_a_retry_after_short() -> None:
    busy = Outcome(trouble=Trouble("busy", seconds=40))
    assert planner.no_sooner(busy) == 40
    assert planner.pause(busy, 1, 0.0, 60) == 40
    assert planner.no_sooner(Outcome(trouble=Trouble("timeout"))) == 0


def test_laptops_do_not_march_in_step() -> None:
    assert planner.pause(Outcome(), 0, 0.0, 60) == pytest.approx(48)
    assert planner.pause(Outcome(), 0, 1.0, 60) == pytest.approx(72)
    assert planner.pause(Outcome(more=True), 3, 1.0, 60) == 0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120), (" 7 ", 7), ("0", 0), ("999999999999", 3600), (None, 30), ("soon", 30), ("-5", 30), ("²", 30)],
)
def test_retry_after_in_seconds(text: str | None, seconds: int) -> None:
    assert planner.wait_seconds(text, NOW) == seconds


def test_retry_after_as_a_date() -> None:
    assert planner.wait_seconds(format_datetime(NOW + timedelta(seconds=90)), NOW) == 90
    assert planner.wait_seconds(format_datetime(NOW - timedelta(days=1)), NOW) == 0
    assert planner.wait_seconds("Tue, 14 Sep 2021 08:00:10 -0000", NOW) == 10


@given(st.text())
def test_any_retry_after_is_a_wait_within_the_hour(text: str) -> None:
    assert 0 <= planner.wait_seconds(text, NOW) <= 3600


@pytest.mark.parametrize(
    ("status", "error", "code", "step"),
    [
        (401, "token-expired", "not-known", "renew"),
        (401, "assertion-clock", "clock", "back-off"),
        (403, "device-revoked", "device-revoked", "stop"),
        (403, "bad-code", "bad-code", "back-off"),
        (404, "not-found", "refused", "back-off"),
        (409, "conflict", "refused", "halve"),
        (413, "", "refused", "halve"),
        (422, "malformed", "refused", "halve"),
        (429, "", "busy", "back-off"),
        (500, "", "server-error", "back-off"),
        (503, "", "busy", "back-off"),
    ],
)
def test_what_each_answer_means(status: int, error: str, code: str, step: str) -> None:
    trouble = planner.refusal(status, error, None, NOW)
    assert trouble
    assert (trouble.code, planner.next_step(trouble)) == (code, step)


def test_200_is_no_refusal() -> None:
    assert planner.refusal(200, "", None, NOW) is None

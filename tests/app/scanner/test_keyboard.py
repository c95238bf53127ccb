"""A hand scanner's burst is told from a person's typing by speed alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.scanner.keyboard import GAP, WedgeDetector
from tests.app.scanner.recorder import CARD

TD1 = ["IDVNM1900000174001190000017<<5", "9009051F3009059VNM<<<<<<<<<<<4", "NGUYEN<<THI<THU<<<<<<<<<<<<<<<"]


def typed(wedge: WedgeDetector, keys: str, gaps: list[float] | float, start: float = 100.0) -> list[str]:
    """What comes out while `keys` are pressed with these seconds between them, and after a silence."""
    at, out = start, []
    for i, key in enumerate(keys):
        at += gaps if isinstance(gaps, float) else gaps[i % len(gaps)]
        out.append(wedge.key(key, at))
    out.append(wedge.pause(at + GAP * 2))
    return [text for text in out if text is not None]


def test_a_burst_ended_by_enter_or_tab_is_the_whole_code() -> None:
    for end in "\r\n\t":
        assert typed(WedgeDetector(), CARD + end, 0.002) == [CARD]


def test_a_burst_without_an_end_key_is_given_after_a_pause() -> None:
    assert typed(WedgeDetector(), CARD, 0.02) == [CARD]


def test_typing_is_never_taken_for_a_scanner() -> None:
    assert typed(WedgeDetector(), "001190000017\r", [0.09, 0.12, 0.2]) == []
    assert typed(WedgeDetector(), "0\r", 0.01) == []


def test_a_key_held_down_is_not_a_scanner() -> None:
    assert typed(WedgeDetector(), "0" * 60 + "\r", 0.033) == []


def test_what_was_typed_before_the_burst_is_not_part_of_it() -> None:
    wedge = WedgeDetector()
    assert typed(wedge, "Ng", 0.15) == []
    assert typed(wedge, CARD + "\r", 0.004, start=101.0) == [CARD]


def test_shift_keys_have_no_text_and_do_not_end_a_burst() -> None:
    wedge = WedgeDetector()
    outcomes = [wedge.key(key, i * 0.004) for i, char in enumerate(CARD) for key in ("", char)]
    assert outcomes == [None] * len(outcomes)
    assert wedge.key("\r", len(CARD) * 0.004) == CARD


def test_the_lines_of_a_machine_readable_zone_are_one_text() -> None:
    assert typed(WedgeDetector(), "".join(line + "\r" for line in TD1), 0.003) == ["\n".join(TD1)]
    td3 = ["P" + "<" * 20 + "VNMNGUYEN" + "<" * 14, "C1234567<8VNM9009051F3009059<<<<<<<<<<<<<<02"]
    assert typed(WedgeDetector(), "".join(line + "\r" for line in td3), 0.003) == ["\n".join(td3)]
    assert typed(WedgeDetector(), TD1[0] + "\r", 0.003) == [TD1[0]]


def test_two_scans_one_after_the_other_are_two_texts() -> None:
    assert typed(WedgeDetector(), CARD + "\r" + CARD + "\r", 0.003) == [CARD, CARD]
    wedge = WedgeDetector()
    assert [wedge.key(char, i * 0.003) for i, char in enumerate(CARD)] == [None] * len(CARD)
    assert wedge.key("x", 100.0) == CARD


def test_the_window_learns_early_that_a_scanner_is_typing() -> None:
    wedge = WedgeDetector()
    for i, char in enumerate("00119000"):
        assert not wedge.bursting
        wedge.key(char, i * 0.003)
    assert wedge.bursting


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=2), st.floats(0, 0.2)), max_size=60))
def test_any_keys_at_any_speed_give_text_without_the_end_keys(keys: list[tuple[str, float]]) -> None:
    wedge, at = WedgeDetector(), 0.0
    for char, gap in keys:
        at += gap
        text = wedge.key(char, at)
        assert text is None or len(text) >= 3
    assert wedge.pause(at + 1) is None or not wedge.bursting

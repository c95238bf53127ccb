"""A code held still is one reading, whatever else comes and goes, against a plain model of when each was last seen."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from checkpoint_app.scanner.code import Code
from checkpoint_app.scanner.debounce import GAP, Debounce

CODES = [Code(text, text.encode(), "QRCode", "zxing-cpp", ()) for text in "abc"]


def test_held_still_once_taken_away_and_shown_again_twice() -> None:
    debounce = Debounce()
    held = [debounce.fresh([CODES[0]], at / 25) for at in range(250)]
    assert sum(map(len, held)) == 1
    assert debounce.fresh([], 12.5) == []
    assert debounce.fresh([CODES[0]], 10 + GAP * 2) == [CODES[0]]


def test_the_next_card_is_read_at_once_and_the_first_is_not_read_again() -> None:
    debounce = Debounce()
    assert debounce.fresh([CODES[0]], 0.0) == [CODES[0]]
    assert debounce.fresh([CODES[1]], 0.04) == [CODES[1]]
    assert debounce.fresh([CODES[0], CODES[1]], 0.08) == []


def test_the_same_code_twice_in_one_frame_is_one_reading() -> None:
    assert Debounce().fresh([CODES[0], CODES[0]], 0.0) == [CODES[0]]


class Desk(RuleBasedStateMachine):
    """Cards come and go before the camera in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.debounce = Debounce()
        self.now = 0.0
        self.seen: dict[bytes, float] = {}

    @rule(codes=st.lists(st.sampled_from(CODES)), passed=st.sampled_from([0.0, 0.04, 1.0, GAP, GAP + 0.01, 60.0]))
    def frame(self, codes: list[Code], passed: float) -> None:
        self.now += passed
        fresh = self.debounce.fresh(codes, self.now)
        shown = {code.raw for code in codes}
        assert {code.raw for code in fresh} == {raw for raw in shown if self.now - self.seen.get(raw, -1e9) > GAP}
        assert len(fresh) == len({code.raw for code in fresh})
        self.seen |= dict.fromkeys(shown, self.now)

    @invariant()
    def what_is_in_view_is_never_new(self) -> None:
        in_view = [code for code in CODES if self.seen.get(code.raw) == self.now]
        assert self.debounce.fresh(in_view, self.now) == []


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)

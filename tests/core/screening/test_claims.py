"""What is declared about health: dated, and a claim until proven."""

import pytest

from checkpoint_core.screening.model import Declaration, Params
from tests.core.screening.scene import NOW, codes, evidence


@pytest.mark.parametrize(
    ("said", "code", "params"),
    [
        (Declaration(symptoms=("fever", "cough")), "symptoms", {"symptoms": "fever cough"}),
        (Declaration(exposures=("contact-case",)), "exposure", {"exposures": "contact-case"}),
        (Declaration(test="positive"), "test-positive", {"on": ""}),
        (Declaration(test="positive", test_on="2026-11-01"), "test-positive", {"on": "2026-11-01"}),
        (Declaration(test="negative", test_on="2026-11-24"), "test-valid", {"hours": 14, "limit": 72}),
        (Declaration(test="negative", test_on="2026-11-21"), "test-expired", {"hours": 86, "limit": 72}),
        (Declaration(test="negative"), "test-undated", {}),
        (Declaration(test="negative", test_on="2026-11-25"), "test-undated", {}),
        (Declaration(test="negative", test_on="31/02"), "test-undated", {}),
        (Declaration(doses=2), "doses-claimed", {"doses": 2}),
        (Declaration(doses=2, last_dose_on="2026-11-10"), "doses-claimed", {"doses": 2}),
        (Declaration(doses=1, last_dose_on="2026-11-20"), "dose-recent", {"doses": 1, "days": 4, "limit": 14}),
        (Declaration(recovered_on="2026-06-01"), "recovered-claimed", {"days": 176}),
        (Declaration(recovered_on="2026-05-01"), "recovered-long-ago", {"days": 207}),
    ],
)
def test_a_claim(said: Declaration, code: str, params: Params) -> None:
    (found,) = [one for one in evidence(said=said) if one.provenance.source == "declaration"]
    assert (found.code, found.params, found.strength) == (code, params, "claimed")


@pytest.mark.parametrize("said", [Declaration(), Declaration(doses=0), Declaration(recovered_on="2027-01-01"), None])
def test_nothing_declared(said: Declaration | None) -> None:
    assert codes(evidence(said=said)) == set()


def test_the_day_turns_at_midnight_here() -> None:
    said = Declaration(test="negative", test_on="2026-11-25")
    assert "test-valid" in codes(evidence(said=said, now=NOW.replace(hour=17)))

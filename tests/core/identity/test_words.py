"""Every finding, field and kind has its sentence in both languages."""

import msgspec
import pytest

from checkpoint_app.words import LANGUAGES, Language, catalogue, say
from checkpoint_core.identity import FINDING_CODES, Identity


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_for_every_finding_and_none_to_spare(language: Language) -> None:
    for code in FINDING_CODES:
        assert "{" not in say(language, f"finding.{code}", field=say(language, "field.name"))
    spoken = {key.removeprefix("finding.") for key in catalogue(language) if key.startswith("finding.")}
    assert spoken == {*FINDING_CODES, "unknown"}  # the sentence for a code from a newer registry


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_for_every_field(language: Language) -> None:
    for field in (*(one.name for one in msgspec.structs.fields(Identity)), "text", "extras", "plate"):
        assert say(language, f"field.{field}")

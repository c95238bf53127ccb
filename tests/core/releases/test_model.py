"""Releases and notices on the wire: round trips, wrong kinds, newer writers, and anything at all."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_core.releases.model import (
    KINDS,
    Checkpoints,
    Content,
    Messages,
    Notice,
    PolicyRelease,
    Post,
    Release,
    Sought,
    Verification,
    WatchList,
    Zone,
    Zones,
    notify,
    open_notice,
    open_release,
    publish,
    watch_digest,
)
from checkpoint_core.screening.policy import BUILT_IN
from checkpoint_core.signing import Signed, SigningError, sign

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key()
CONTENTS: dict[str, Content] = {
    "zones": Zones((Zone("z1", "Xã Giao Thử", ("c:14167", "fw:14161"), 3, "2026-11-12", "2026-12-01"),)),
    "watch-list": WatchList("muối", (Sought("a" * 32, "", "case", "2026-11-20"),)),
    "checkpoints": Checkpoints((Post("cp-1", "Pháp Vân", "c:00004", ("1", "2")),)),
    "policy": PolicyRelease(BUILT_IN),
    "messages": Messages(("Tăng cường chốt phía nam.",)),
}
NOTICE = Notice("d1", Verification("id-1", 0, "036185000123", "differs", ("name",), "2026-11-24T00:00:00.000Z"))


def release(kind: str, content: Content) -> Release:
    return Release(kind, 3, "2026-11-24T00:00:00.000Z", content)


def test_every_kind_comes_back_as_it_was() -> None:
    assert tuple(CONTENTS) == KINDS
    for kind, content in CONTENTS.items():
        made = release(kind, content)
        assert open_release(publish(made, KEY), PUBLIC) == made
    assert open_notice(notify(NOTICE, KEY), PUBLIC) == NOTICE


def test_a_release_that_is_not_of_the_kind_it_names_is_malformed() -> None:
    with pytest.raises(SigningError, match="malformed"):
        open_release(publish(release("policy", CONTENTS["zones"]), KEY), PUBLIC)


def test_a_release_cannot_pass_for_a_notice_nor_for_anothers() -> None:
    made = publish(release("zones", CONTENTS["zones"]), KEY)
    with pytest.raises(SigningError, match="bad-signature"):
        open_notice(made, PUBLIC)
    with pytest.raises(SigningError, match="bad-signature"):
        open_release(made, Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key())


def test_fields_of_a_newer_registry_are_passed_over() -> None:
    body = json.loads(publish(release("policy", CONTENTS["policy"]), KEY).body)
    body["content"]["policy"]["weights"]["mask"] = "attention"
    body["content"]["policy"]["new_limit"] = 5
    read = open_release(sign(KEY, "release", body), PUBLIC).content
    assert isinstance(read, PolicyRelease)
    assert read.policy.weights == {**BUILT_IN.weights, "mask": "attention"}


def test_an_unknown_kind_or_weight_is_malformed_and_nothing_else() -> None:
    unknown_kind = {"kind": "weather", "version": 1, "issued": "", "content": {"type": "weather"}}
    unknown_weight = {
        "kind": "policy",
        "version": 1,
        "issued": "",
        "content": {"type": "policy", "policy": {"weights": {"a": "b"}}},
    }
    for body in (unknown_kind, unknown_weight):
        with pytest.raises(SigningError, match="malformed"):
            open_release(sign(KEY, "release", body), PUBLIC)


@given(st.data())
def test_any_changed_character_is_found(data: st.DataObject) -> None:
    made = publish(release("zones", CONTENTS["zones"]), KEY)
    place = data.draw(st.integers(0, len(made.body) - 1))
    other = data.draw(st.characters(exclude_characters=made.body[place]))
    with pytest.raises(SigningError):
        open_release(Signed(made.body[:place] + other + made.body[place + 1 :], made.signature), PUBLIC)


@given(
    st.dictionaries(
        st.sampled_from(["kind", "version", "issued", "content", "device"]), st.none() | st.text() | st.integers()
    )
)
def test_whatever_is_signed_is_read_or_malformed(body: dict[str, object]) -> None:
    for purpose, read in (("release", open_release), ("notice", open_notice)):
        with pytest.raises(SigningError, match="malformed"):
            read(sign(KEY, purpose, body), PUBLIC)


def test_the_watch_digest_folds_and_is_keyed() -> None:
    whole = watch_digest("s", "036185000123", "Đoàn Thị Thử", "1985-09-21")
    assert whole == watch_digest("s", "036185000123", "DOAN  THI THU", "1985-09-21")
    assert whole != watch_digest("t", "036185000123", "Đoàn Thị Thử", "1985-09-21")
    assert whole != watch_digest("s", "036185000123", "Đoàn Thị Thơ", "1985-09-21")

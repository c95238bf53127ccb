"""Making a laptop known: who is believed, and what is kept."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.store.store import Store
from checkpoint_app.sync.engine import SyncEngine
from checkpoint_app.sync.enrolment import enrol, enrol_by_qr
from checkpoint_core.enrolment import Code, EnrolmentAnswer, EnrolmentRequest, qr_text, read_code, read_qr
from checkpoint_core.signing import public_text
from checkpoint_core.trouble import Trouble
from tests.app.sync.certificates import Authority
from tests.app.sync.conftest import now, record, trouble_of
from tests.app.sync.fake_registry import FakeRegistry, serving
from tests.faults.proxy import Fault, Proxy


def test_a_good_code_pins_the_registry(store: Store, registry: FakeRegistry, address: str) -> None:
    enrolment = enrol(store, address, str(registry.issue_code()).lower().replace("-", " "), "chốt Pháp Vân 1", now)
    assert store.enrolment() == enrolment
    assert enrolment.registry_key == public_text(registry.key.public_key())
    assert registry.devices == {store.device: public_text(store.device_key().public_key())}


def test_over_tls_the_authority_is_learned_and_pinned(store: Store, tmp_path: Path) -> None:
    authority = Authority()
    registry = FakeRegistry(authority=authority.pem)
    with serving(registry, authority.server(tmp_path)) as url:
        enrol_by_qr(store, qr_text(url, registry.issue_code()), "x", now)
        record(store, 1)
        engine = SyncEngine(store, now)
        assert engine.sync_once().push.moved == 1
        engine.close()


@pytest.mark.parametrize("text", ["", "ABCD", "ABCD-EFGH-JKMN-PQRU", "ABCD-EFGH-JKMN-PQRST", "ABCD EFGH JKMN PQR\u0301S"])
def test_what_is_no_code_is_never_sent(store: Store, registry: FakeRegistry, address: str, text: str) -> None:
    with pytest.raises(Trouble, match=r"^bad-code$"):
        enrol(store, address, text, "x", now)
    assert not registry.requests


def test_a_wrong_secret_keeps_nothing(store: Store, registry: FakeRegistry, address: str) -> None:
    code = registry.issue_code()
    wrong = Code(code.name, code.secret[::-1] if code.secret != code.secret[::-1] else "0" * 12)
    with pytest.raises(Trouble, match=r"^bad-code$"):
        enrol(store, address, str(wrong), "x", now)
    assert store.enrolment() is None
    enrol(store, address, str(code), "x", now)


class Impostor(FakeRegistry):
    """Answers any enrolment without knowing the secret."""

    def enrol(self, request: EnrolmentRequest) -> EnrolmentAnswer:
        return EnrolmentAnswer(request.device, public_text(self.key.public_key()), "", "", "0" * 64)


def test_whoever_does_not_know_the_secret_is_not_believed(store: Store) -> None:
    impostor = Impostor()
    with serving(impostor) as url, pytest.raises(Trouble, match=r"^not-the-registry$"):
        enrol(store, url, str(impostor.issue_code()), "x", now)
    assert store.enrolment() is None


class Meddler(FakeRegistry):
    """Passes on an honest answer, but with another authority in it."""

    def enrol(self, request: EnrolmentRequest) -> EnrolmentAnswer:
        honest = super().enrol(request)
        return EnrolmentAnswer(honest.device, honest.registry_key, Authority().pem, honest.checkpoint, honest.proof)


def test_nobody_in_between_can_change_what_is_pinned(store: Store) -> None:
    meddler = Meddler()
    with serving(meddler) as url, pytest.raises(Trouble, match=r"^not-the-registry$"):
        enrol(store, url, str(meddler.issue_code()), "x", now)


def test_a_lost_answer_is_asked_for_again_with_the_same_code(store: Store, registry: FakeRegistry, proxy: Proxy) -> None:
    code = str(registry.issue_code())
    proxy.fault = Fault("lost-reply")
    with pytest.raises(Trouble, match=r"^cut-off$"):
        enrol(store, proxy.url, code, "x", now)
    proxy.fault = Fault()
    assert enrol(store, proxy.url, code, "x", now) == store.enrolment()


def test_plain_http_to_a_stranger_is_refused(store: Store) -> None:
    with pytest.raises(Trouble, match=r"^plain-http$"):
        enrol(store, "http://registry.example", "ABCD-EFGH-JKMN-PQRS", "x", now)


@pytest.mark.parametrize(
    "typed", ["abcd-efgh-jkmn-0111", "ABCD EFGH JKMN OIL1", "abcdefghjkmnoi1l", " A-B-C-D–EFGH—JKMN.oLi1 "]
)
def test_typed_codes_mean_the_same(typed: str) -> None:
    assert read_code(typed) == Code("ABCD", "EFGHJKMN0111")


@given(st.text())
def test_any_text_is_a_code_or_none(text: str) -> None:
    for read in (read_code, read_qr):
        assert trouble_of(partial(read, text)) in ("", "bad-code")


def test_a_code_survives_its_qr() -> None:
    code = read_code("ABCD-EFGH-JKMN-PQRS")
    assert read_qr(qr_text("https://registry.example:8443", code)) == ("https://registry.example:8443", code)


def test_a_laptop_does_not_change_registries(store: Store, registry: FakeRegistry, address: str) -> None:
    """Its receipts and lists are the first one's."""
    kept = enrol(store, address, str(registry.issue_code()), "x", now)
    other = FakeRegistry()
    with serving(other) as elsewhere:
        assert trouble_of(lambda: enrol(store, elsewhere, str(other.issue_code()), "x", now)) == "enrolled-before"
    assert store.enrolment() == kept

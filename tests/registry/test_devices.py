"""Laptops let in once, proved by their key, refused from the moment they are revoked."""

from collections.abc import Iterator
from datetime import timedelta

import jwt
import msgspec
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_core.enrolment import Code, EnrolmentRequest
from checkpoint_registry.devices.limits import RateLimit
from checkpoint_registry.devices.roll import devices, revoke
from checkpoint_registry.refused import Refused
from tests.registry.laptop import ASSERTION, Laptop, recorded
from tests.registry.server import Served, served


@pytest.fixture(autouse=True)
def right_clock(registry: Served) -> Iterator[None]:
    yield
    registry.clock.offset = timedelta()


def ask(registry: Served, request: EnrolmentRequest | bytes) -> requests.Response:
    body = request if isinstance(request, bytes) else msgspec.json.encode(request)
    return requests.post(f"{registry.url}/v1/enrolments", data=body, timeout=20)


def error(answer: requests.Response) -> tuple[int, str]:
    assert answer.headers["X-Checkpoint-Registry"] == "1"
    assert answer.headers["X-Checkpoint-Time"].endswith("Z")
    assert set(answer.json()) == {"error", "detail"}
    return answer.status_code, answer.json()["error"]


def strike(registry: Served, laptop: Laptop) -> None:
    with registry.engine.begin() as connection:
        revoke(connection, laptop.device, registry.clock())


def test_the_answer_names_what_to_pin_and_a_lost_answer_can_be_had_again(registry: Served) -> None:
    laptop = Laptop(registry, enrolled=False)
    code = registry.code("chot-7")
    first = laptop.enrol(code)
    assert (first.device, first.registry_key, first.checkpoint) == (laptop.device, registry.settings.public_key, "chot-7")
    assert laptop.enrol(code) == first


def test_a_code_lets_in_one_laptop_only(registry: Served) -> None:
    code = registry.code()
    Laptop(registry, enrolled=False).enrol(code)
    other = Laptop(registry, enrolled=False)
    assert error(ask(registry, other.request(code))) == (403, "bad-code")


def test_an_expired_code_and_an_unknown_one_are_refused_alike(registry: Served) -> None:
    laptop = Laptop(registry, enrolled=False)
    code = registry.code(lifetime=timedelta(minutes=1))
    registry.clock.offset = timedelta(minutes=2)
    assert error(ask(registry, laptop.request(code))) == (403, "bad-code")
    assert error(ask(registry, laptop.request(Code("ZZZZ", code.secret)))) == (403, "bad-code")


def test_guessing_kills_the_code(registry: Served) -> None:
    laptop = Laptop(registry, enrolled=False)
    code = registry.code()
    for _ in range(registry.settings.guesses_per_code):
        assert error(ask(registry, laptop.request(Code(code.name, "0" * 12)))) == (403, "bad-code")
    assert error(ask(registry, laptop.request(code))) == (403, "bad-code")


def test_a_proof_is_for_one_request(registry: Served) -> None:
    laptop = Laptop(registry, enrolled=False)
    bent = msgspec.structs.replace(laptop.request(registry.code()), name="other")
    assert error(ask(registry, bent)) == (403, "bad-code")


def test_a_device_keeps_its_key_and_may_move_to_another_checkpoint(registry: Served) -> None:
    laptop = Laptop(registry, checkpoint="chot-1")
    laptop.enrol(registry.code("chot-2"))
    with registry.engine.connect() as connection:
        assert {row.device: row.checkpoint for row in devices(connection)}[laptop.device] == "chot-2"
    laptop.key = Ed25519PrivateKey.generate()
    assert error(ask(registry, laptop.request(registry.code()))) == (409, "already-enrolled")


@pytest.mark.parametrize(
    "changes",
    [{"public_key": "AAAA"}, {"device": "laptop"}, {"device": "{0}"}, {"name": "a\0b"}, {"name": "x" * 201}, {"code": "\0"}],
)
def test_a_malformed_request_is_refused(registry: Served, changes: dict[str, str]) -> None:
    laptop = Laptop(registry, enrolled=False)
    asked = msgspec.structs.replace(laptop.request(registry.code()), **changes)
    assert error(ask(registry, asked)) == (422, "malformed")


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"\xff", b"<html>", b'{"code":1}', b"[" * 100_000])
def test_a_body_that_is_no_request_is_refused(registry: Served, body: bytes) -> None:
    assert error(ask(registry, body)) == (422, "malformed")


def test_an_assertion_is_good_once(registry: Served) -> None:
    laptop = Laptop(registry)
    assertion = laptop.assertion()
    assert laptop.ask_token(assertion).status_code == 200
    assert error(laptop.ask_token(assertion)) == (401, "assertion-replayed")


def test_an_assertion_by_another_key_is_refused(registry: Served) -> None:
    laptop = Laptop(registry)
    laptop.key = Ed25519PrivateKey.generate()
    assert error(laptop.ask_token(laptop.assertion())) == (401, "bad-assertion")


@pytest.mark.parametrize(
    "claims", [{"aud": "other"}, {"iss": "other"}, {"jti": None}, {"exp": "soon"}, {"exp": 2**70}, {"iat": True}]
)
def test_an_assertion_with_wrong_claims_is_refused(registry: Served, claims: dict[str, object]) -> None:
    status, code = error((laptop := Laptop(registry)).ask_token(laptop.assertion(**claims)))
    assert (status, code in {"bad-assertion", "assertion-clock"}) == (401, True)


@pytest.mark.parametrize("assertion", ["", "x", "a.b.c", "ẩ.ẩ.ẩ", "\0", "e30.e30.e30", "x" * 5000])
def test_rubbish_for_an_assertion_is_refused(registry: Served, assertion: str) -> None:
    answer = Laptop(registry, enrolled=False).ask_token(assertion)
    assert error(answer) in {(401, "bad-assertion"), (422, "malformed")}


def test_an_unsigned_assertion_is_refused(registry: Served) -> None:
    laptop = Laptop(registry)
    claims = jwt.decode(laptop.assertion(), options={"verify_signature": False})
    assert error(laptop.ask_token(jwt.encode(claims, "", algorithm="none"))) == (401, "bad-assertion")


def test_an_unknown_device_is_told_so(registry: Served) -> None:
    laptop = Laptop(registry, enrolled=False)
    assert error(laptop.ask_token(laptop.assertion())) == (401, "unknown-device")
    assert error(laptop.ask_token(laptop.assertion(sub="a\0b", iss="a\0b"))) == (401, "unknown-device")


@pytest.mark.parametrize("minutes", [-20, 20])
def test_a_laptop_whose_clock_is_wrong_learns_the_time_and_gets_in(registry: Served, minutes: int) -> None:
    laptop = Laptop(registry)
    registry.clock.offset = timedelta(minutes=minutes)
    wrong = registry.clock() - timedelta(minutes=minutes)
    answer = laptop.ask_token(laptop.assertion(now=wrong))
    assert error(answer) == (401, "assertion-clock")
    assert laptop.ask_token(laptop.assertion(now=registry.clock())).status_code == 200


def test_an_assertion_that_lives_too_long_is_refused(registry: Served) -> None:
    laptop = Laptop(registry)
    answer = laptop.ask_token(laptop.assertion(exp=registry.clock() + timedelta(hours=1)))
    assert error(answer) == (401, "assertion-clock")


def test_a_token_expires(registry: Served) -> None:
    laptop = Laptop(registry)
    registry.clock.offset = timedelta(seconds=registry.settings.token_seconds + 1)
    assert error(laptop.post([])) == (401, "token-expired")
    laptop.authorize()
    assert laptop.push() == []


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer x", "Bearer a.b.c", "Basic eDp5"])
def test_without_a_token_of_ours_nothing_is_told(registry: Served, token: str) -> None:
    laptop = Laptop(registry)
    laptop.http.headers["Authorization"] = token
    assert error(laptop.post([]))[0] == 401
    assert error(laptop.http.get(f"{registry.url}/v1/changes", timeout=20))[0] == 401


def test_an_assertion_is_no_token(registry: Served) -> None:
    laptop = Laptop(registry)
    laptop.http.headers["Authorization"] = f"Bearer {laptop.assertion()}"
    assert error(laptop.post([])) == (401, "bad-token")


def test_a_revoked_laptop_is_refused_at_once_and_for_ever(registry: Served) -> None:
    laptop = Laptop(registry)
    laptop.push(laptop.entry(recorded()))
    strike(registry, laptop)
    strike(registry, laptop)
    assert error(laptop.post([laptop.entry(recorded())])) == (403, "device-revoked")
    assert error(laptop.http.get(f"{registry.url}/v1/changes", timeout=20)) == (403, "device-revoked")
    assert error(laptop.ask_token(laptop.assertion())) == (403, "device-revoked")
    assert error(ask(registry, laptop.request(registry.code()))) == (403, "device-revoked")


def test_who_asks_too_often_is_told_to_wait(postgres_url: str) -> None:
    with served(postgres_url, tokens_per_minute=3, enrolments_per_minute=3) as registry:
        laptop = Laptop(registry)
        answers = [laptop.ask_token(laptop.assertion()) for _ in range(3)]
        assert error(answers[-1]) == (429, "too-many-requests")
        assert int(answers[-1].headers["Retry-After"]) >= 1
        tries = [ask(registry, b"{}") for _ in range(3)]
        assert error(tries[-1]) == (429, "too-many-requests")


def test_a_form_without_the_grant_is_refused(registry: Served) -> None:
    form = {"grant_type": "password", "client_assertion_type": ASSERTION, "client_assertion": "x"}
    answer = requests.post(f"{registry.url}/v1/token", data=form, timeout=20)
    assert error(answer) == (422, "malformed")


def test_the_limit_refills_with_time_and_forgets_the_oldest_asker() -> None:
    now = 0.0
    limit = RateLimit(2, lambda: now)
    limit.take("a")
    limit.take("a")
    with pytest.raises(Refused) as refused:
        limit.take("a")
    assert refused.value.headers == {"Retry-After": "30"}
    limit.take("b")
    now = 30.0
    limit.take("a")

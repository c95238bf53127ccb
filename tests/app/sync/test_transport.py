"""One exchange: whom it trusts, what it refuses, and the words for what went wrong."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.sync.transport import Transport, checked, decoded
from checkpoint_core.trouble import Trouble
from tests.app.sync.certificates import Authority
from tests.app.sync.conftest import eventually, now, trouble_of
from tests.app.sync.fake_registry import FakeRegistry, serving
from tests.faults.proxy import Fault, Proxy


class Health(msgspec.Struct):
    status: str


def health(url: str, authority: str | None = "", timeouts: tuple[float, float] = (5, 30)) -> str:
    transport = Transport(url, authority, now, timeouts=timeouts)
    try:
        return transport.ask("/v1/health", Health).status
    finally:
        transport.close()


@pytest.fixture(scope="module")
def pinned() -> Authority:
    return Authority()


def test_a_registry_under_the_pinned_authority_is_spoken_to(pinned: Authority, tmp_path: Path) -> None:
    with serving(FakeRegistry(), pinned.server(tmp_path)) as url:
        assert health(url, pinned.pem) == "ok"


def test_another_authority_of_the_same_name_is_refused(pinned: Authority, tmp_path: Path) -> None:
    with serving(FakeRegistry(), Authority().server(tmp_path)) as url, pytest.raises(Trouble, match=r"^tls$"):
        health(url, pinned.pem)


def test_a_certificate_for_another_address_is_refused(pinned: Authority, tmp_path: Path) -> None:
    with serving(FakeRegistry(), pinned.server(tmp_path, "127.0.0.2")) as url, pytest.raises(Trouble, match=r"^tls$"):
        health(url, pinned.pem)


def test_a_certificate_out_of_its_time_points_at_the_clock(pinned: Authority, tmp_path: Path) -> None:
    with serving(FakeRegistry(), pinned.server(tmp_path, days=-1)) as url, pytest.raises(Trouble, match=r"^clock$"):
        health(url, pinned.pem)


def test_no_authority_but_the_pinned_one_is_ever_loaded(pinned: Authority, tmp_path: Path) -> None:
    with serving(FakeRegistry(), pinned.server(tmp_path)) as url:
        transport = Transport(url, pinned.pem, now)
        transport.ask("/v1/health", Health)
        assert len(transport._adapter._context.get_ca_certs()) == 1
        transport.close()


def test_a_plain_server_where_tls_is_expected_is_refused(pinned: Authority, address: str) -> None:
    with pytest.raises(Trouble, match=r"^tls$"):
        health(address.replace("http:", "https:"), pinned.pem)


@pytest.mark.parametrize(
    "url", ["http://registry.invalid", "http://10.0.0.1:8000", "http://127.0.0.1.example.com", "HTTP://[2001:db8::1]/"]
)
def test_plain_http_goes_to_loopback_only(url: str) -> None:
    with pytest.raises(Trouble, match=r"^plain-http$"):
        checked(url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://localhost", "http://[::1]:80", "https://registry.invalid/base/"]
)
def test_addresses_that_will_do(url: str) -> None:
    assert checked(f" {url} ") == url.rstrip("/")


@given(st.text())
def test_any_other_text_is_no_address(text: str) -> None:
    assert trouble_of(lambda: checked(text)) in ("", "bad-address", "plain-http")


@pytest.mark.parametrize(
    "url", ["ftp://a", "https://", "https://user:secret@host", "https://host:99999", "https://[::1", "", "https://h?q=1"]
)
def test_bad_addresses(url: str) -> None:
    with pytest.raises(Trouble, match=r"^bad-address$"):
        checked(url)


def test_a_closed_port_is_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Trouble, match=r"^no-network$"):
        health(f"http://127.0.0.1:{port}")


def test_an_unknown_name() -> None:
    with pytest.raises(Trouble, match=r"^name-not-found$"):
        health("https://no-such-host.invalid")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("black-hole"), "timeout"),
        (Fault("delay", 30), "timeout"),
        (Fault("drop"), "cut-off"),
        (Fault("truncate", 0), "cut-off"),
        (Fault("truncate", 150), "bad-answer"),  # in the middle of the headers
        (Fault("garbage"), "cut-off"),
        (Fault("garbage-body"), "bad-answer"),
        (Fault("html"), "not-the-registry"),
    ],
)
def test_what_a_network_can_do_has_a_word(proxy: Proxy, fault: Fault, code: str) -> None:
    proxy.fault = fault
    with pytest.raises(Trouble, match=f"^{code}$"):
        health(proxy.url, timeouts=(0.3, 0.3))


def test_a_slow_link_is_waited_for(proxy: Proxy) -> None:
    proxy.fault = Fault("slow", 2000)
    assert health(proxy.url, timeouts=(1, 1)) == "ok"


def test_closing_ends_a_wait_at_once(proxy: Proxy) -> None:
    proxy.fault = Fault("black-hole")
    transport = Transport(proxy.url, "", now)
    met: list[str] = []

    def ask() -> None:
        met.append(trouble_of(lambda: transport.ask("/v1/health", Health)))

    waiting = threading.Thread(target=ask)
    waiting.start()
    assert eventually(lambda: proxy.met == 1)
    transport.close()
    waiting.join(5)
    assert met == ["cut-off"]
    with pytest.raises(Trouble, match=r"^cut-off$"):
        transport.ask("/v1/health", Health)


def served(answer: bytes) -> Iterator[str]:
    """A server that gives `answer` to whoever connects."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            client, _ = server.accept()
            with client:
                client.recv(65_536)
                client.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


OURS = b"X-Checkpoint-Registry: 1\r\nX-Checkpoint-Time: 2021-09-14T08:00:00.000Z\r\n"
BOMB = zstandard.ZstdCompressor().compress(bytes(70_000_000))


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        (b"", b'{"status": "ok"}', "not-the-registry"),
        (b"X-Checkpoint-Registry: 2\r\n", b'{"status": "ok"}', "not-the-registry"),
        (b"X-Checkpoint-Registry: 1\r\n", b'{"status": "ok"}', "bad-answer"),
        (OURS.replace(b".000Z", b""), b'{"status": "ok"}', "bad-answer"),
        (OURS, b'{"status": 5}', "bad-answer"),
        (OURS, b"[" * 100_000, "bad-answer"),
        (OURS, b"\xff\xfe", "bad-answer"),
        (OURS + b"Content-Encoding: zstd\r\n", b"not zstd", "bad-answer"),
        (OURS + b"Content-Encoding: zstd\r\n", BOMB, "bad-answer"),
        (OURS + b"Content-Encoding: br\r\n", b"", "bad-answer"),
    ],
)
def test_answers_that_are_none(headers: bytes, body: bytes, code: str) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n%b\r\n%b" % (len(body), headers, body)
    for url in served(answer):
        with pytest.raises(Trouble, match=f"^{code}$"):
            health(url)


def test_a_redirect_is_not_followed() -> None:
    for url in served(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"):
        with pytest.raises(Trouble, match=r"^not-the-registry$"):
            health(url)


@given(st.binary())
def test_any_bytes_are_an_answer_or_a_bad_one(data: bytes) -> None:
    assert trouble_of(lambda: decoded(data, Health)) in ("", "bad-answer")


def test_an_unreadable_authority_is_said() -> None:
    with pytest.raises(Trouble, match=r"^tls$"):
        Transport("https://127.0.0.1", "no PEM", now)

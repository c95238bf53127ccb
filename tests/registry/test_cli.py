"""The command as it is typed: served, stopped, taken over, enrolled from, published to; clear refusals."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
import requests

from checkpoint_core.enrolment import read_code, read_qr
from checkpoint_core.practice import people
from checkpoint_core.releases.model import Messages, Zone, Zones
from checkpoint_core.signing import public_key
from checkpoint_registry.authority import tls_in
from checkpoint_registry.cli import main
from checkpoint_registry.database import connect, reachable
from checkpoint_registry.embedded import embedded
from checkpoint_registry.keys import signing_key
from checkpoint_registry.settings import Settings
from tests.registry.laptop import Laptop, recorded, traveller
from tests.registry.server import Served, database, process, served


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder below no folder of pytest's: PostgreSQL's own user must be able to get there."""
    with TemporaryDirectory(prefix="checkpoint-registry-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def run(data: Path, postgres_url: str, capsys: pytest.CaptureFixture[str]) -> Iterator["Command"]:
    """The command in this process, on a database of its own."""
    with database(postgres_url) as url:
        yield Command(["--data", str(data), "--database", url], capsys)


class Command:
    """Runs one command line; what it said."""

    def __init__(self, where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        self.where = where
        self._capsys = capsys

    def __call__(self, *arguments: str) -> list[dict[str, Any]]:
        assert main([*arguments, *self.where]) == 0
        return [json.loads(line) for line in self._capsys.readouterr().out.splitlines()]

    def refused(self, *arguments: str) -> str:
        assert main([*arguments, *self.where]) == 2
        said = self._capsys.readouterr()
        assert said.out == ""
        return said.err


@pytest.fixture(autouse=True)
def _same_signals() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def postmaster(data: Path) -> int | None:
    """The pid of the embedded PostgreSQL, None when it has stopped."""
    lock = data / "postgres" / "postmaster.pid"
    return int(lock.read_text().splitlines()[0]) if lock.exists() else None


def test_a_served_registry_lives_with_its_database_and_keeps_its_data(data: Path) -> None:
    where = ["--data", str(data)]
    with process(data, "--host", "127.0.0.1") as url:
        assert postmaster(data) is not None
        seeded = subprocess.run(
            [sys.executable, "-m", "checkpoint_registry", "seed", "--people", "300", "--seed", "3", *where],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert json.loads(seeded.stdout) == {"people": 300, "seeded": True}
        asked = [sys.executable, "-m", "checkpoint_registry", "device-code", "--checkpoint", "cp-phap-van", *where]
        told = json.loads(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)
        assert read_qr(told["qr"]) == (url, read_code(told["code"]))
        laptop = Laptop(
            Served(url, connect("postgresql://unused"), Settings(signing_key(data / "registry.key"))), enrolled=False
        )
        assert laptop.enrol(read_code(told["code"])).checkpoint == "cp-phap-van"
        [one] = people(3, 1)
        laptop.push(laptop.entry(recorded(traveller(number=one.number, name=one.name, birth_date=one.birth_date))))
        assert [notice.outcome for notice in laptop.verifications()] == ["matches"]
        assert len(laptop.pull()["releases"]) == 5
        assert postmaster(data) is not None, "the other commands left the server its database"
    assert postmaster(data) is None, "SIGTERM stopped the database too"
    with process(data) as url:
        laptop.url = url
        assert len(laptop.verifications()) == 1


def test_a_database_left_by_a_killed_server_is_taken_over_and_stopped(data: Path) -> None:
    command = [sys.executable, "-m", "checkpoint_registry", "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        assert "ready" in killed.stdout.readline()
        killed.kill()
    left = postmaster(data)
    assert left is not None
    with process(data) as url:
        assert requests.get(f"{url}/v1/health", timeout=20).status_code == 200
        assert postmaster(data) == left
    assert postmaster(data) is None


def test_a_lock_left_by_a_power_cut_hinders_nobody(data: Path) -> None:
    """Its process number is another program's by now: here, this test's own."""
    folder = data / "postgres"
    with embedded(folder):
        lock = (folder / "postmaster.pid").read_text()
    (folder / "postmaster.pid").write_text(f"{os.getpid()}\n" + lock.partition("\n")[2])
    with embedded(folder) as url:
        engine = connect(url)
        reachable(engine)
        engine.dispose()
        assert postmaster(data) != os.getpid()


def test_the_signing_key_is_the_owners_alone(run: Command, data: Path) -> None:
    run("status")
    key = data / "registry.key"
    assert sys.platform == "win32" or key.stat().st_mode & 0o777 == 0o600
    before = signing_key(key)
    run("status")
    assert signing_key(key).private_bytes_raw() == before.private_bytes_raw()
    key.write_text("no key")
    assert "registry.key" in run.refused("status")


def test_devices_are_listed_and_revoked(run: Command) -> None:
    assert run("device", "list") == []
    assert "no device nobody" in run.refused("device", "revoke", "nobody")


def test_a_code_is_printed_and_drawn(run: Command, data: Path) -> None:
    picture = data / "code.png"
    [told] = run(
        "device-code", "--checkpoint", "a", "--minutes", "5", "--url", "https://registry.example", "--png", str(picture)
    )
    assert read_qr(told["qr"]) == ("https://registry.example", read_code(told["code"]))
    assert picture.read_bytes()[:4] == b"\x89PNG"
    assert "start it first" in run.refused("device-code", "--checkpoint", "a")


def test_releases_are_published_from_a_file(run: Command, data: Path) -> None:
    file = data / "zones.json"
    zones = tuple(Zone(str(n), "Vùng", ("p:37",), 2, "2026-01-01") for n in range(10))
    file.write_bytes(msgspec.json.encode([Zones(zones), Messages(("Chào",))]))
    assert [(line["kind"], line["version"]) for line in run("publish", str(file))] == [("zones", 1), ("messages", 1)]
    file.write_bytes(msgspec.json.encode(Zones(zones[:2])))
    assert "--intended" in run.refused("publish", str(file))
    assert [line["version"] for line in run("publish", str(file), "--intended")] == [2]
    file.write_text("{")
    assert "no release" in run.refused("publish", str(file))
    assert "Cannot read" in run.refused("publish", str(data / "missing.json"))
    assert run("status")[0]["releases"] == {"messages": 1, "zones": 2}


def test_a_population_is_invented_once(run: Command) -> None:
    assert run("seed", "--people", "40", "--seed", "1") == [{"people": 40, "seeded": True}]
    assert run("seed", "--people", "50", "--seed", "2") == [{"people": 40, "seeded": False}]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_plain_http_to_others_is_refused(run: Command, host: str) -> None:
    assert "readable by others" in run.refused("serve", "--host", host, "--port", "0")


def test_what_cannot_be_served_is_said(run: Command, data: Path) -> None:
    assert "Cannot listen" in run.refused("serve", "--port", "99999")
    assert "no authority" in run.refused("serve", "--port", "0", "--tls")
    assert "belong together" in run.refused("serve", "--port", "0", "--tls-cert", str(data / "x.pem"))
    away = Command(["--data", str(data), "--database", "postgresql://x@127.0.0.1:1/y"], run._capsys)
    assert "does not answer" in away.refused("status")
    wrong = Command(["--data", str(data), "--database", "nonsense"], run._capsys)
    assert "database address" in wrong.refused("status")


@pytest.mark.parametrize("arguments", [[], ["dance"], ["seed"], ["seed", "--people", "-1"], ["seed", "--people", "many"]])
def test_what_cannot_be_understood_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    "verb", ["serve", "authority", "device-code", "device list", "device revoke", "publish", "seed", "status"]
)
def test_help_shows_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*verb.split(), "--help"])
    assert ended.value.code == 0
    assert f"Example: checkpoint-registry {verb}" in capsys.readouterr().out


def test_https_is_verified_against_the_authority_that_enrolment_hands_out(
    run: Command, data: Path, postgres_url: str
) -> None:
    run("authority", "--host", "127.0.0.1", "--host", "registry.example")
    assert "holds an authority" in run.refused("authority", "--host", "other")
    tls = tls_in(data / "authority")
    with served(postgres_url, tls) as registry:
        assert registry.url.startswith("https://")
        laptop = Laptop(registry, enrolled=False)
        laptop.http.verify = str(tls.authority)
        with laptop.http:  # closed before the server: over TLS both sides have to say good-bye
            assert laptop.enrol(registry.code()).authority == tls.authority.read_text()
            assert laptop.registry_key == public_key(registry.settings.public_key)
            assert [receipt.outcome for receipt in laptop.push(laptop.entry(recorded()))] == ["accepted"]
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(registry.url, timeout=20)

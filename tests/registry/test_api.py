"""What holds for every answer: who speaks, what time it is there, JSON, and a complete description."""

import json
import re

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from checkpoint_core.times import instant
from checkpoint_registry.api.app import create_app
from checkpoint_registry.database import connect
from checkpoint_registry.settings import Settings
from tests.registry.laptop import Laptop, recorded, traveller
from tests.registry.server import Served, administrate, database, listening, served
from tests.registry.test_devices import error


def test_it_is_well(registry: Served) -> None:
    answer = requests.get(f"{registry.url}/v1/health", timeout=20)
    assert answer.json()["status"] == "ok"
    told = instant(answer.headers["X-Checkpoint-Time"])
    assert told is not None
    assert abs((told - registry.clock()).total_seconds()) < 60


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/v1/nothing", (404, "not-found")),
        ("DELETE", "/v1/entries", (405, "method-not-allowed")),
        ("POST", "/v1/token", (422, "malformed")),
        ("GET", "/v1/changes", (401, "token-missing")),
        ("POST", "/v1/entries", (401, "token-missing")),
        ("GET", "/../etc/passwd", (404, "not-found")),
    ],
)
def test_every_refusal_is_json_and_stamped(registry: Served, method: str, path: str, expected: tuple[int, str]) -> None:
    answer = requests.request(method, registry.url + path, timeout=20)
    assert answer.headers["Content-Type"] == "application/json"
    assert error(answer) == expected


def test_a_person_is_told_what_this_is(registry: Served) -> None:
    welcome = requests.get(registry.url, timeout=20)
    pages = requests.get(f"{registry.url}/docs", timeout=20)
    assert 'href="docs"' in welcome.text
    for request in ("/v1/enrolments", "/v1/token", "/v1/entries", "/v1/changes", "/v1/health"):
        assert request in pages.text
    assert not re.search(r"https?://|<script", welcome.text + pages.text), "nothing is loaded from elsewhere"


def test_the_description_is_complete(registry: Served) -> None:
    document = requests.get(f"{registry.url}/openapi.json", timeout=20).json()
    schemas = document["components"]["schemas"]
    for reference in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)):
        assert reference in schemas
    assert {"body", "signature"} == set(schemas["Signed"]["properties"])
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["responses"]["200"]["content"]["application/json"]["schema"], path
            assert "503" in operation["responses"]
            assert ("requestBody" in operation) == (method == "post")
    assert document["paths"]["/v1/entries"]["post"]["security"]


def test_a_database_that_went_away_is_503_and_its_return_200(postgres_url: str) -> None:
    with database(postgres_url) as url:
        engine = connect(url)
        name = str(engine.url.database)
        with listening(engine, Settings(Ed25519PrivateKey.generate())) as address:
            administrate(postgres_url, f"ALTER DATABASE {name} RENAME TO {name}_away")
            engine.dispose()
            answer = requests.get(f"{address}/v1/health", timeout=20)
            assert error(answer) == (503, "database-unavailable")
            assert int(answer.headers["Retry-After"]) > 0
            administrate(postgres_url, f"ALTER DATABASE {name}_away RENAME TO {name}")
            assert requests.get(f"{address}/v1/health", timeout=20).status_code == 200
        engine.dispose()


def test_our_own_fault_is_500_without_details(postgres_url: str, caplog: pytest.LogCaptureFixture) -> None:
    with database(postgres_url) as url:
        engine = connect(url)
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE enrolment_codes"))
        asked = {
            "code": "AAAA",
            "device": "018f0000-0000-4000-8000-000000000000",
            "public_key": "A" * 43 + "=",
            "name": "Bí Mật",
        }
        with listening(engine, Settings(Ed25519PrivateKey.generate())) as address:
            answer = requests.post(f"{address}/v1/enrolments", json=asked, timeout=20)
        assert error(answer) == (500, "internal")
        assert "enrolment_codes" not in answer.text
        assert "Bí Mật" not in caplog.text
        engine.dispose()


def test_a_row_that_the_database_refuses_is_quoted_nowhere(postgres_url: str, caplog: pytest.LogCaptureFixture) -> None:
    with served(postgres_url) as registry:
        with registry.engine.begin() as connection:
            connection.execute(text("ALTER TABLE travellers ADD CHECK (name <> 'Đoàn Bí Mật')"))
        laptop = Laptop(registry)
        answer = laptop.post([laptop.entry(recorded(traveller(name="Đoàn Bí Mật", number="001085000123")))])
    assert error(answer) == (500, "internal")
    assert "Bí Mật" not in answer.text + caplog.text
    assert "POST /v1/entries: internal" in caplog.text


def test_an_application_can_be_made_without_a_database() -> None:
    app = create_app(connect("postgresql://nobody@localhost:1/none"), Settings(Ed25519PrivateKey.generate()))
    assert "/v1/entries" in app.openapi()["paths"]

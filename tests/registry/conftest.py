"""One real PostgreSQL a session (and xdist worker), one registry a module; laptops are cheap."""

from collections.abc import Iterator

import pytest

from tests.registry.server import Served, postgres, served


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.fixture(scope="module")
def registry(postgres_url: str) -> Iterator[Served]:
    with served(postgres_url, tokens_per_minute=10_000, enrolments_per_minute=10_000) as running:
        yield running

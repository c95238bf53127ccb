"""One real registry process with an invented population for all journeys, and laptops that meet it."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.commands import registry_command
from tests.registry.server import process

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false;qt.qpa.*=false")

PEOPLE, SEED = 3_000, 11


@dataclass(frozen=True)
class RealRegistry:
    """A registry process: its data folder and address."""

    folder: Path
    url: str

    def code(self) -> str:
        """A fresh enrolment code, as the registry's staff hand out."""
        return str(registry_command("device-code", "--data", str(self.folder), "--checkpoint", "cp-phap-van")["code"])


@pytest.fixture(scope="session")
def registry() -> Iterator[RealRegistry]:
    # not below pytest's folders: PostgreSQL's own user cannot enter them
    with tempfile.TemporaryDirectory(prefix="checkpoint-journey-", ignore_cleanup_errors=True) as name:
        folder = Path(name) / "registry"
        registry_command("seed", "--data", str(folder), "--people", str(PEOPLE), "--seed", str(SEED))
        with process(folder) as url:
            yield RealRegistry(folder, url)

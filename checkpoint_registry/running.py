"""Where a registry lives: its data folder, its database (given or embedded), and the address it serves at."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
from sqlalchemy import Engine

from checkpoint_core.trouble import Trouble
from checkpoint_registry.database import connect, migrate, reachable
from checkpoint_registry.embedded import embedded
from checkpoint_registry.keys import signing_key


class Home(msgspec.Struct, frozen=True):
    """The data folder; `database` is an address, None for the PostgreSQL embedded in the folder."""

    folder: Path
    database: str | None = None
    key: Path | None = None

    @property
    def authority(self) -> Path:
        return self.folder / "authority"

    @property
    def key_file(self) -> Path:
        return self.key or self.folder / "registry.key"

    def make(self) -> None:
        """Make the folder and the signing key, where they are not there yet; Trouble('folder-unusable')."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            signing_key(self.key_file)
        except OSError as error:
            raise Trouble("folder-unusable", folder=str(self.folder), reason=str(error)) from error

    @contextmanager
    def open(self) -> Iterator[Engine]:
        """The database, migrated; the embedded one is stopped at the end unless somebody else is using it."""
        self.make()
        with ExitStack() as stack:
            engine = connect(self.database or stack.enter_context(embedded(self.folder.resolve() / "postgres")))
            stack.callback(engine.dispose)
            reachable(engine)
            migrate(engine)
            yield engine

    def remember_url(self, url: str) -> None:
        """Keep the address that is served at, for enrolment codes made later."""
        (self.folder / "served.json").write_text(json.dumps({"url": url}), encoding="utf-8")

    def url(self) -> str:
        """The address last served at; Trouble('no-url')."""
        try:
            return str(json.loads((self.folder / "served.json").read_text(encoding="utf-8"))["url"])
        except (OSError, ValueError, KeyError) as error:
            raise Trouble("no-url") from error

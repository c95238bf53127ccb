"""A database that cannot be opened says why and stays as it is; and its versions go up and down."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlcipher3.dbapi2 import IntegrityError

from checkpoint_app.store.database import Database
from checkpoint_app.store.migrations import HEAD
from checkpoint_app.store.migrations.run import configuration, downgrade, upgrade
from checkpoint_app.store.store import CHECK
from checkpoint_core.trouble import Trouble
from tests.app.store.making import KEY, Clock, crossing, opened, recording

FILE = "checkpoint.db"


@pytest.fixture
def folder(tmp_path: Path, clock: Clock) -> Path:
    """A folder with a database of some size in it, closed."""
    with opened(tmp_path, clock) as store:
        record = recording(store)
        for _ in range(30):
            record(crossing())
    return tmp_path


def refused(folder: Path, key: bytes = KEY) -> str:
    """The code of the trouble that opening gives, having checked that not a byte of the file changed."""
    before = {path.name: path.read_bytes() for path in folder.glob("checkpoint.db*")}
    with pytest.raises(Trouble) as trouble:
        opened(folder, Clock(), key).close()
    assert {path.name: path.read_bytes() for path in folder.glob("checkpoint.db*")} == before
    assert trouble.value.params["file"] in (FILE, "checkpoint.lock")
    return trouble.value.code


def test_nothing_readable_is_on_the_disk(folder: Path) -> None:
    for path in folder.iterdir():
        content = path.read_bytes()
        assert b"Nguy" not in content
        assert b"001190000017" not in content
        assert b"SQLite format" not in content


def test_a_wrong_key(folder: Path) -> None:
    assert refused(folder, os.urandom(32)) == "wrong-key"
    with opened(folder, Clock()) as store:
        assert len(store.crossings()) == 30


def test_a_damaged_header(folder: Path) -> None:
    content = bytearray((folder / FILE).read_bytes())
    content[20:200] = bytes(180)
    (folder / FILE).write_bytes(content)
    assert refused(folder) == "database-damaged"


@pytest.mark.parametrize("part", [0.0, 0.001, 0.3, 0.5, 0.9])
def test_a_truncated_file(folder: Path, part: float) -> None:
    content = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(content[: int(len(content) * part)])
    assert refused(folder) == "database-damaged"


def test_a_text_file_in_its_place(folder: Path) -> None:
    (folder / FILE).write_text("ghi chú của ai đó\n" * 400, encoding="utf-8")
    assert refused(folder) == "database-damaged"


def test_a_lost_file_is_not_answered_with_an_empty_one(folder: Path) -> None:
    (folder / FILE).unlink()
    assert refused(folder) == "database-missing"
    assert not (folder / FILE).exists()


def test_a_last_entry_that_was_tampered_with(folder: Path) -> None:
    database = Database(folder / FILE, KEY)
    with database.writing() as session:
        session.execute(text("UPDATE entries SET body = replace(body, 'Nguy', 'Nghi') WHERE sequence = 32"))
    database.dispose()
    assert refused(folder) == "database-damaged"


def test_a_second_program_in_the_same_folder(folder: Path) -> None:
    with opened(folder, Clock()):
        code = (
            "import sys; from pathlib import Path; from tests.app.store.making import Clock, opened\n"
            "from checkpoint_core.trouble import Trouble\n"
            "try: opened(Path(sys.argv[1]), Clock())\n"
            "except Trouble as trouble: print(trouble.code)"
        )
        ran = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "already-running"
    opened(folder, Clock()).close()


def test_a_database_that_another_program_holds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checkpoint_app.store.database.BUSY_MS", 50)
    holder = Database(folder / FILE, KEY)
    with opened(folder, Clock()) as store:
        with holder.writing() as session:
            session.execute(text("SELECT 1"))
            with pytest.raises(Trouble, match="database-locked"):
                store.set_clock_offset(1)
        store.set_clock_offset(2)
        assert store.clock_offset() == 2
    holder.dispose()


def test_a_database_of_a_newer_version(folder: Path) -> None:
    database = Database(folder / FILE, KEY)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.dispose()
    assert refused(folder) == "database-newer"


def test_a_first_start_that_was_cut_short_is_begun_again(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / FILE).touch()
    with opened(tmp_path, clock) as store:
        recording(store)(crossing())
    (tmp_path / CHECK).unlink()
    with opened(tmp_path, clock) as store:
        assert len(store.crossings()) == 1
    assert (tmp_path / CHECK).exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Trouble, match="disk-error"):
        opened(tmp_path / "file" / "data", Clock())


def test_versions_go_up_and_down_and_hold_what_the_models_say(tmp_path: Path) -> None:
    database = Database(tmp_path / FILE, KEY)
    with database.writing() as connection:
        upgrade(connection)
        config = configuration(connection)
        assert ScriptDirectory.from_config(config).get_current_head() == HEAD
        command.check(config)
        downgrade(connection, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        upgrade(connection)
        command.check(config)
    database.dispose()


def test_the_pragmas_are_those_that_survive_a_power_cut(folder: Path) -> None:
    with opened(folder, Clock()) as store, store.database.reading() as session:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "cipher_version")
        values = [session.scalar(text(f"PRAGMA {name}")) for name in pragmas]
    assert values[:3] == ["wal", 2, 1]
    assert values[3]


def test_a_refusal_is_told_and_not_scribbled_on_standard_error(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / FILE).write_bytes(bytes(8192))
    assert refused(folder) == "database-damaged"
    assert capfd.readouterr() == ("", "")


def test_an_error_of_the_database_names_nobody(folder: Path) -> None:
    with opened(folder, Clock()) as store:
        record = recording(store)
        with store.database.writing() as session:
            session.execute(text("CREATE TRIGGER broken BEFORE INSERT ON crossings BEGIN SELECT RAISE(ABORT, 'no'); END"))
        with pytest.raises(IntegrityError) as error:
            record(crossing())
        assert "Nguy" not in str(error.value)
        assert "001190000017" not in str(error.value)

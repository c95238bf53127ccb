"""The `checkpoint` command as support and scripts use it: JSON lines, messages, exit codes, and bad input answered."""

from datetime import UTC, datetime
from pathlib import Path

import cv2
import keyring
import keyring.backends.fail
import pytest

from checkpoint_app.duty import officers, shifts
from checkpoint_app.scanner.cards import Look, render_card
from checkpoint_app.store import open_store
from checkpoint_app.store.keys import obtain_key
from checkpoint_core.practice import card_text, person
from tests.journeys.commands import checkpoint
from tests.journeys.conftest import RealRegistry

PASSPHRASE = "mot cum mat khau dai"
SOMEBODY = person(1, 7)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A laptop's data folder with one closed shift, its key wrapped with a passphrase whatever keystore there is."""
    monkeypatch.setattr(keyring, "get_keyring", keyring.backends.fail.Keyring)
    folder = tmp_path / "data"
    folder.mkdir()
    key = obtain_key(folder, passphrase=PASSPHRASE)
    with open_store(folder, key, lambda: datetime.now(UTC)) as store:
        supervisor = officers.first_supervisor(store, "Lê Văn Thử", "258036")
        shift = shifts.open_shift(store, supervisor, "cp-phap-van", "1", "in")
        shifts.close_shift(store, supervisor, shift, "", None)
    return folder


def test_inspect_says_what_each_line_holds_and_never_fails() -> None:
    lines = b"\n".join(
        [card_text(SOMEBODY).encode(), b"\xff\xfe\x00broken", b"", b"M1NGUYEN/THU  EABC123 HANSGNVN", b"x" * 7000]
    )
    ran = checkpoint("inspect", stdin=lines)
    assert ran.code == 0
    kinds = [line["kind"] for line in ran.lines]
    assert kinds[0] in ("cccd", "can-cuoc")
    assert set(kinds[1:]) == {"unknown"}
    identity = ran.lines[0]["identity"]
    assert (identity["number"], identity["name"], identity["birth_date"]) == (
        SOMEBODY.number,
        SOMEBODY.name,
        SOMEBODY.birth_date,
    )
    assert all(finding.keys() == {"code", "field", "severity"} for line in ran.lines for finding in line["findings"])


def test_lines_are_utf_8_whatever_the_system_writes_in() -> None:
    ran = checkpoint("inspect", card_text(SOMEBODY), PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert (ran.code, ran.lines[0]["identity"]["name"]) == (0, SOMEBODY.name)


def test_read_decodes_a_folder_and_says_which_file_is_no_image(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "card.png"), render_card(card_text(SOMEBODY), Look()))
    (tmp_path / "note.png").write_bytes(b"no picture at all")
    ran = checkpoint("read", str(tmp_path))
    assert ran.code == 2
    assert "note.png" in ran.said
    assert [(Path(line["path"]).name, [code["text"] for code in line["codes"]]) for line in ran.lines] == [
        ("card.png", [card_text(SOMEBODY)])
    ]


def test_export_writes_a_signed_log_and_refuses_to_overwrite_it(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "log.csv"
    arguments = ("--data", str(data), "export", "--shift", "last", "--format", "csv", "--out", str(out))
    first = checkpoint(*arguments, CHECKPOINT_PASSPHRASE=PASSPHRASE)
    assert first.code == 0, first.said
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert Path(first.lines[0]["signature"]).exists()
    second = checkpoint(*arguments, CHECKPOINT_PASSPHRASE=PASSPHRASE)
    assert second.code == 2
    assert "log.csv" in second.said


def test_a_wrong_passphrase_is_said_and_leaves_the_data_alone(data: Path) -> None:
    before = (data / "checkpoint.db").read_bytes()
    ran = checkpoint("--data", str(data), "sync", "--once", CHECKPOINT_PASSPHRASE="another one altogether")
    assert ran.code == 2
    assert "passphrase is wrong" in ran.said
    assert (data / "checkpoint.db").read_bytes() == before


def test_enrol_then_sync_then_doctor(data: Path, registry: RealRegistry) -> None:
    here = ("--data", str(data))
    asked = (*here, "enrol", "--url", registry.url, "--name", "Máy 7", "--code")
    unknown = checkpoint(*asked, "0000-0000-0000-0000", CHECKPOINT_PASSPHRASE=PASSPHRASE)
    assert unknown.code == 2
    enrolled = checkpoint(*asked, registry.code().lower(), CHECKPOINT_PASSPHRASE=PASSPHRASE)
    assert enrolled.code == 0, enrolled.said
    synced = checkpoint(*here, "sync", "--once", CHECKPOINT_PASSPHRASE=PASSPHRASE)
    assert (synced.code, synced.lines[0]["waiting"], synced.lines[0]["failures"]) == (0, 0, [])
    assert synced.lines[0]["sent"] >= 3
    checks = {line["part"]: line for line in checkpoint(*here, "doctor", CHECKPOINT_PASSPHRASE=PASSPHRASE).lines}
    assert checks["database"]["ok"]
    assert checks["registry"]["ok"]
    assert checks["disk"]["message"]


def test_a_registry_that_is_not_there_is_said(data: Path) -> None:
    ran = checkpoint(
        "--data", str(data), "enrol", "--url", "http://127.0.0.1:9", "--code", "0000-0000-0000-0000", "--name", "Máy 7",
        CHECKPOINT_PASSPHRASE=PASSPHRASE,
    )  # fmt: skip
    assert ran.code == 2
    assert ran.said.strip()
    plain = checkpoint(
        "--data", str(data), "enrol", "--url", "http://registry.example", "--code", "0000-0000-0000-0000", "--name", "Máy 7",
        CHECKPOINT_PASSPHRASE=PASSPHRASE,
    )  # fmt: skip
    assert plain.code == 2


def test_a_fault_of_ours_ends_with_1_and_a_trace_without_personal_data(tmp_path: Path) -> None:
    from checkpoint_app import cli

    def broken(_: object) -> int:
        raise ValueError(f"could not handle {SOMEBODY.name} {SOMEBODY.number}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "_inspect", broken)
        patch.setattr(cli, "user_log_path", lambda *_, **__: tmp_path)
        assert cli.main(["inspect", "x"]) == 1
    log = (tmp_path / "checkpoint.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "broken" in log
    assert SOMEBODY.number not in log
    assert SOMEBODY.name not in log


@pytest.mark.parametrize("wrong", [("--people", "-5"), ("--travellers", "0"), ("--people", "many")])
def test_a_practice_of_nobody_is_refused_before_anything_is_made(tmp_path: Path, wrong: tuple[str, str]) -> None:
    ran = checkpoint("practice", "--folder", str(tmp_path / "world"), *wrong)
    assert ran.code == 2
    assert f"{wrong[1]} is not a whole number" in ran.said
    assert not (tmp_path / "world").exists()


def test_whole_numbers_are_not_exported_where_nobody_can_type_a_pin(data: Path, tmp_path: Path) -> None:
    ran = checkpoint(
        *("export", "--data", str(data), "--shift", "last", "--format", "csv", "--out", str(tmp_path / "log.csv")),
        "--unmasked",
        CHECKPOINT_PASSPHRASE=PASSPHRASE,
    )
    assert (ran.code, ran.lines) == (2, [])
    assert "PIN" in ran.said
    assert not (tmp_path / "log.csv").exists()

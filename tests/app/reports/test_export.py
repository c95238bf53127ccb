"""Exports are whole or absent, signed, noted in the journal, and masked unless a supervisor asks."""

import json
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_app.reports import FORMATS, Format, check_export, export_shift, suggested_name
from checkpoint_app.reports.seal import digest_of, seal_path
from checkpoint_app.words import LANGUAGES, Language, say
from checkpoint_core.journal.entries import read_entry
from checkpoint_core.journal.payloads import Access
from checkpoint_core.trouble import Trouble
from tests.app.reports.conftest import Desk

NUMBER = b"036185"


def accesses(desk: Desk) -> list[tuple[str, Access]]:
    entries = [read_entry(signed.body) for signed in desk.store.entries()]
    found = [(entry.officer, entry.payload) for entry in entries if isinstance(entry.payload, Access)]
    return [(officer, access) for officer, access in found if access.what == "exported"]


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_is_signed_and_noted(busy: Desk, folder: Path, format: Format) -> None:
    done = busy.export(folder / f"a.{format}", format)
    seal = check_export(done.path, busy.store.device_key().public_key())
    assert (seal.shift, seal.device, seal.officer) == (busy.shift.id, busy.store.device, busy.officer.id)
    (officer, access), *others = accesses(busy)
    assert not others
    assert officer == busy.officer.id
    assert access.details == {"shift": busy.shift.id, "format": format, "numbers": "masked", "sha256": digest_of(done.path)}
    assert sorted(path.name for path in folder.iterdir()) == [f"a.{format}", f"a.{format}.sig"]
    assert done.signature == seal_path(done.path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such permissions")
def test_only_the_owner_reads_an_export(desk: Desk, folder: Path) -> None:
    done = desk.export(folder / "a.csv", "csv")
    assert [path.stat().st_mode & 0o077 for path in (done.path, done.signature)] == [0, 0]


def test_numbers_are_masked(busy: Desk, folder: Path) -> None:
    masked = busy.export(folder / "masked.csv", "csv").path.read_bytes()
    assert NUMBER not in masked
    assert b"0912345678" not in masked
    full = busy.export(folder / "full.csv", "csv", unmasked=True, by=busy.supervisor)
    assert NUMBER in full.path.read_bytes()
    assert check_export(full.path).unmasked
    assert [access.details["numbers"] for _, access in accesses(busy)] == ["masked", "full"]


def test_only_a_supervisor_sees_whole_numbers(busy: Desk, folder: Path) -> None:
    with pytest.raises(Trouble, match="not-allowed"):
        busy.export(folder / "a.csv", "csv", unmasked=True)
    assert not list(folder.iterdir())
    assert not accesses(busy)


def test_changed_files_and_foreign_signatures_are_found(desk: Desk, folder: Path) -> None:
    done = desk.export(folder / "a.csv", "csv")
    with pytest.raises(Trouble, match="seal-other-laptop"):
        check_export(done.path, Ed25519PrivateKey.generate().public_key())
    done.path.write_bytes(done.path.read_bytes() + b"x")
    with pytest.raises(Trouble, match="file-changed"):
        check_export(done.path)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1]", b'{"body": "{}", "signature": "AA=="}'])
def test_a_damaged_signature_is_said(desk: Desk, folder: Path, content: bytes) -> None:
    done = desk.export(folder / "a.csv", "csv")
    done.signature.write_bytes(content)
    with pytest.raises(Trouble, match="seal-broken"):
        check_export(done.path)


def test_a_seal_that_was_rewritten_is_broken(desk: Desk, folder: Path) -> None:
    done = desk.export(folder / "a.csv", "csv")
    signed = json.loads(done.signature.read_text(encoding="utf-8"))
    signed["body"] = signed["body"].replace(desk.officer.id, desk.supervisor.id)
    done.signature.write_text(json.dumps(signed), encoding="utf-8")
    with pytest.raises(Trouble, match="seal-broken"):
        check_export(done.path)


def test_missing_files_are_said(desk: Desk, folder: Path) -> None:
    with pytest.raises(Trouble, match="seal-missing"):
        check_export(folder / "a.csv")
    done = desk.export(folder / "a.csv", "csv")
    done.path.unlink()
    with pytest.raises(Trouble, match="export-file-missing"):
        check_export(done.path)


def test_an_existing_file_is_kept(desk: Desk, folder: Path) -> None:
    (folder / "a.csv").write_text("mine")
    with pytest.raises(Trouble, match="export-exists"):
        desk.export(folder / "a.csv", "csv")
    assert (folder / "a.csv").read_text() == "mine"
    desk.export(folder / "b.csv", "csv")


def test_a_missing_folder_is_said(desk: Desk, folder: Path) -> None:
    with pytest.raises(Trouble, match="export-folder"):
        desk.export(folder / "nowhere" / "a.csv", "csv")


@pytest.mark.skipif(os.name == "nt", reason="permissions are Unix's")
def test_a_read_only_folder_is_said(desk: Desk, folder: Path) -> None:
    folder.chmod(0o500)
    target = folder if os.geteuid() else Path("/sys/kernel")  # root may write anywhere but there
    if not target.exists():
        pytest.skip("root, and no /sys")
    try:
        with pytest.raises(Trouble, match="export-read-only"):
            desk.export(target / "a.csv", "csv")
    finally:
        folder.chmod(0o700)


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: what a full disk does to a writer."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(os.name == "nt", reason="limits are Unix's")
@pytest.mark.parametrize("format", FORMATS)
def test_a_full_disk_leaves_nothing_and_the_next_export_works(busy: Desk, folder: Path, format: Format) -> None:
    out = folder / f"a.{format}"
    with room_for(4096), pytest.raises(Trouble, match="export-disk-full"):
        busy.export(out, format)
    assert not list(folder.iterdir())
    assert not accesses(busy)
    check_export(busy.export(out, format).path)


@pytest.mark.parametrize("format", FORMATS)
def test_cancelling_leaves_nothing(busy: Desk, folder: Path, format: Format) -> None:
    seen: list[tuple[int, int]] = []
    with pytest.raises(Trouble, match="export-cancelled"):
        export_shift(
            busy.store, busy.shift.id, format, folder / "a", language="vi", unmasked=False, by=busy.officer,
            progress=lambda done, total: seen.append((done, total)), cancelled=lambda: bool(seen),
        )  # fmt: skip
    assert seen == [(0, 60)]
    assert not list(folder.iterdir())
    assert not accesses(busy)


def test_the_suggested_name_says_when_and_nothing_about_anybody(desk: Desk) -> None:
    name = suggested_name(desk.shift, "pdf", "vi")
    assert name.startswith("ca-truc-")
    assert name.endswith(".pdf")
    assert desk.officer.name.split()[0] not in name


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_trouble_has_a_sentence(language: Language) -> None:
    for code in ("exists", "folder", "read-only", "disk-full", "failed", "cancelled", "file-missing"):
        assert say(language, f"trouble.export-{code}", file="a", folder="b", detail="c")

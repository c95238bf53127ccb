"""`checkpoint verify`: whoever holds an exported file can tell whether it was changed, and who made it."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_core.signing import public_text
from tests.app.reports.conftest import Desk
from tests.journeys.commands import checkpoint


def test_an_untouched_file_is_verified(desk: Desk, folder: Path, tmp_path: Path) -> None:
    done = desk.export(folder / "a.csv", "csv")
    key = public_text(desk.store.device_key().public_key())
    ran = checkpoint("verify", str(done.path), "--key", key, home=tmp_path)
    assert ran.code == 0
    (line,) = ran.lines
    assert (line["shift"], line["device"], line["key"], line["unmasked"]) == (desk.shift.id, desk.store.device, key, False)


def test_changed_and_foreign_files_are_refused_in_words(desk: Desk, folder: Path, tmp_path: Path) -> None:
    done = desk.export(folder / "a.csv", "csv")
    other = public_text(Ed25519PrivateKey.generate().public_key())
    foreign = checkpoint("verify", str(done.path), "--key", other, home=tmp_path)
    done.path.write_bytes(b"changed")
    changed = checkpoint("verify", str(done.path), "--language", "vi", home=tmp_path)
    assert [(ran.code, ran.lines) for ran in (foreign, changed)] == [(2, []), (2, [])]
    assert "another laptop" in foreign.said
    assert "đã bị sửa" in changed.said


@pytest.mark.parametrize("key", ["", "x", "AAAA"])
def test_a_key_that_is_none_is_said(folder: Path, tmp_path: Path, key: str) -> None:
    ran = checkpoint("verify", str(folder / "a.csv"), "--key", key, home=tmp_path)
    assert ran.code == 2
    assert "--key" in ran.said

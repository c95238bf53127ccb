"""`make run` without a display: a whole shift through the real window, reader, store and registry, and what it leaves."""

import tempfile
from pathlib import Path

from checkpoint_app.reports import check_export
from tests.journeys.commands import checkpoint_says


def test_a_practice_shift_plays_itself_and_leaves_its_log() -> None:
    with tempfile.TemporaryDirectory(prefix="checkpoint-practice-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        ran = checkpoint_says("practice", "--headless", "--people", "3000", "--travellers", "5", "--folder", name)
        assert ran.code == 0, ran.said
        assert "Shift closed: 5 crossings, all receipted by the registry." in ran.said
        for form in ("xlsx", "csv", "pdf"):
            check_export(folder / f"shift-log.{form}")
        assert {"clear", "zone", "zone-3", "watched"} <= {path.stem.split("-", 1)[1] for path in folder.glob("*.png")}
        assert "accepted" in (folder / "summary.md").read_text(encoding="utf-8")

"""What the screen is told, and that there is a sentence for all of it."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checkpoint_app.sync import status as status_module
from checkpoint_app.sync.status import Board, SyncStatus
from checkpoint_app.words import LANGUAGES, Language, knows, say
from checkpoint_core.trouble import Trouble

NOW = datetime(2021, 9, 14, 8, tzinfo=UTC)
SYNC = Path(status_module.__file__).parent
TABLED = {"cut-off", "tls", "name-not-found", "timeout", "bad-address", "no-network", "already-enrolled"}


def codes() -> set[str]:
    """Every code that sync raises by name, and those of its table."""
    calls = [
        node
        for path in SYNC.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Trouble"
    ]
    leaves = [leaf.value for call in calls for leaf in ast.walk(call.args[0]) if isinstance(leaf, ast.Constant)]
    return TABLED | {leaf for leaf in leaves if isinstance(leaf, str)} - {"assertion-clock"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language: Language) -> None:
    params: dict[str, str | int] = {"host": "h", "seconds": 7, "status": 500}
    assert len(codes()) > 15
    for code in codes() | {"device-revoked", "bad-code"}:
        assert len(say(language, f"sync.{code}", **params)) > 30, code
    for connection in ("connected", "offline", "not-registry", "refused", "never", "not-enrolled"):
        assert knows(language, f"sync.connection.{connection}")


def test_only_changes_are_told() -> None:
    told: list[SyncStatus] = []
    board = Board(told.append)
    board.note(waiting=3)
    board.note(waiting=3)
    board.settled("push")
    assert [status.waiting for status in told] == [3]


def test_a_mended_failure_stays_to_be_read_but_no_longer_counts() -> None:
    board = Board(lambda _: None)
    board.failed("pull", Trouble("timeout"), NOW)
    board.failed("push", Trouble("busy", seconds=9), NOW)
    assert [one.way for one in board.status.failing] == ["push", "pull"]
    assert connection(board) == "refused"
    board.succeeded("push", NOW + timedelta(seconds=1))
    assert [one.way for one in board.status.failing] == ["pull"]
    assert connection(board) == "offline"
    board.succeeded("pull", NOW + timedelta(seconds=2))
    assert (connection(board), board.status.failing) == ("connected", ())
    assert board.status.last_failure
    assert board.status.last_failure.params == {"seconds": 9}


def connection(board: Board) -> str:
    return board.status.connection


def test_the_next_attempt_is_the_earlier_of_both() -> None:
    board = Board(lambda _: None)
    board.expect("push", NOW + timedelta(seconds=60))
    board.expect("pull", NOW + timedelta(seconds=30))
    assert board.status.next_attempt == NOW + timedelta(seconds=30)

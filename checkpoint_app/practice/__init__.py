"""Practice mode: an invented world around the real laptop; with a display to practise in, without one it plays a shift."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint_app.practice.cast import COLLEAGUE, OFFICER, PIN, SEED, tell

if TYPE_CHECKING:
    from checkpoint_app.practice.registry import PracticeRegistry
    from checkpoint_app.store import Store

_KEY = b"the data of practice is invented"  # 32 bytes: nothing here needs to be kept from anybody
_ENOUGH = 500  # travellers for whoever practises by hand


def practise(folder: Path, people: int, *, travellers: int, headless: bool, webcam: bool) -> int:
    """Prepare the invented world in `folder` (once), then open the window on it; returns the exit code."""
    headless = headless or _no_display()
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from checkpoint_app.practice.registry import PracticeRegistry

    folder.mkdir(parents=True, exist_ok=True)
    registry = PracticeRegistry(folder / "registry", people, SEED)
    try:
        if not registry.seeded:
            tell(f"Inventing {people:,} people and starting a registry (once)...")
            registry.seed()
        registry.start()
        return _at_work(folder, people, registry, travellers if headless else _ENOUGH, headless=headless, webcam=webcam)
    finally:
        registry.stop()


def _no_display() -> bool:
    return sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _at_work(folder: Path, people: int, registry: "PracticeRegistry", count: int, *, headless: bool, webcam: bool) -> int:
    from checkpoint_app.app import Laptop, log_qt, make_application, now, open_camera
    from checkpoint_app.logs import keep_log
    from checkpoint_app.practice.director import Director
    from checkpoint_app.practice.play import play
    from checkpoint_app.scanner.frames import FrameSource
    from checkpoint_app.scanner.practice import PracticeCamera
    from checkpoint_app.store import open_store
    from checkpoint_app.ui.background import Background
    from checkpoint_app.ui.look import Look
    from checkpoint_app.ui.settings import Preferences, load_settings
    from checkpoint_core.practice import script

    keep_log(folder)
    log_qt()
    application = make_application()
    data = folder / "laptop"
    store = open_store(data, _KEY, now)
    _enrol(store, registry)
    virtual = PracticeCamera(seed=SEED)
    look, background = Look(), Background()
    preferences = Preferences.in_folder(look, load_settings(data), data, background)

    def camera(device: str | None) -> FrameSource:
        return open_camera(device) if webcam or device else virtual

    laptop = Laptop(application, store, preferences, look, background, camera=camera)
    travellers = script(SEED, count, people)
    try:
        laptop.start()
        if headless:
            return play(laptop, virtual, travellers, registry, folder)
        tell(f"Sign in as {OFFICER} with PIN {PIN}. Cards come by themselves; close the window to end.")
        director = Director(laptop.conductor, virtual, travellers)
        code = application.exec()
        director.stop()
        return code
    finally:
        laptop.close()


def _enrol(store: "Store", registry: "PracticeRegistry") -> None:
    """The first time: officers, enrolment, first lists. Later: only the registry's port may have changed."""
    from checkpoint_app.app import now
    from checkpoint_app.duty import officers
    from checkpoint_app.sync.engine import SyncEngine
    from checkpoint_app.sync.enrolment import enrol

    url = registry.url()
    kept = store.enrolment()
    if kept is not None:
        if kept.url != url:
            store.keep_enrolment(replace(kept, url=url))
        return
    if not store.officers():
        supervisor = officers.first_supervisor(store, OFFICER, PIN)
        officers.add_officer(store, supervisor, COLLEAGUE, "supervisor", PIN)
    enrol(store, url, registry.code(), "Practice laptop", now)
    engine = SyncEngine(store, now)
    done = engine.sync_once()
    engine.close()
    for outcome in (done.push, done.pull):
        if outcome.trouble:
            raise outcome.trouble

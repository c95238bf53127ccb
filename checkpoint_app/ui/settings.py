"""What can be set on this laptop: one frozen value, kept in a small file beside the database, and followed at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Self

import msgspec
from PySide6.QtCore import QObject, Signal

from checkpoint_app.store.files import write_whole
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.theme import Theme
from checkpoint_app.words import Language
from checkpoint_core.trouble import Trouble

FILE = "settings.json"
IDLE_MINUTES = (1, 2, 5, 10, 15, 30)
TEXT_PERCENTS = (100, 110, 125)


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`camera` is a device as `scanner.cameras` names it; None takes the first one there is."""

    language: Language = "vi"
    theme: Theme = "light"
    text_percent: Annotated[int, msgspec.Meta(ge=100, le=150)] = 100
    camera: str | None = None
    idle_minutes: Annotated[int, msgspec.Meta(ge=1, le=60)] = 5
    sound: bool = True


def load_settings(folder: Path) -> Settings:
    """What is set in a data folder; Trouble('settings-damaged') where the file says something else."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.DecodeError) as error:
        raise Trouble("settings-damaged", file=FILE) from error


def keep_settings(folder: Path, settings: Settings) -> None:
    """Write them down; Trouble('disk-full' | 'disk-error')."""
    write_whole(folder / FILE, msgspec.json.format(msgspec.json.encode(settings)))


class Preferences(QObject):
    """The settings in force. The look follows them, and they follow the look's own keys (theme, language).

    `changed` is sent with the new Settings after each change: who owns camera, sound and lock follows it. `keep` writes
    to disk, in the background.
    """

    changed = Signal(object)
    not_kept = Signal(object)  # the Trouble: tell the person

    def __init__(self, look: Look, settings: Settings, keep: Callable[[Settings], None]) -> None:
        super().__init__()
        self._look, self._settings, self._keep = look, settings, keep
        self._applying = False
        self._apply()
        look.words_changed.connect(self._follow)
        look.theme_changed.connect(self._follow)

    @classmethod
    def in_folder(cls, look: Look, settings: Settings, folder: Path, background: Background) -> Self:
        """Kept in a data folder; a disk that does not take them is no reason to stop: they hold until the window closes."""
        made: Self

        def keep(changed: Settings) -> None:
            background.database(lambda: keep_settings(folder, changed), made, _kept, made.not_kept.emit)

        made = cls(look, settings, keep)
        return made

    @property
    def settings(self) -> Settings:
        return self._settings

    def change(self, **changes: Any) -> None:
        """Set some of them."""
        changed = msgspec.structs.replace(self._settings, **changes)
        if changed != self._settings:
            self._settings = changed
            self._apply()
            self._keep(changed)
            self.changed.emit(changed)

    def _apply(self) -> None:
        self._applying = True
        self._look.set_text_percent(self._settings.text_percent)
        self._look.set_language(self._settings.language)
        self._look.set_theme(self._settings.theme)
        self._applying = False

    def _follow(self) -> None:
        """The look was changed by its own keys."""
        if not self._applying:
            self.change(language=self._look.language, theme=self._look.theme)


def _kept(_: None) -> None:
    """They are on the disk; nothing more to do."""

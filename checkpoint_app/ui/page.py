"""What every page has in common: given what it needs, it asks through the one door and can change language and colours."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from checkpoint_app.ui import messages
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look
from checkpoint_core.trouble import Trouble

T = TypeVar("T")
Tone = Literal["good", "info", "warn", "error"]


@dataclass(frozen=True)
class Note:
    """One thing the banner says: the sentence of `key` with `params`, so that it can change language while it stands."""

    tone: Tone
    key: str
    params: dict[str, str | int]

    @classmethod
    def of(cls, tone: Tone, key: str, **params: str | int) -> "Note":
        return cls(tone, key, params)


class Page(QWidget):
    """A subclass sets `name` (its word is 'page.<name>', its icon resources/icons/<name>.svg), builds its widgets in
    `__init__`, and overrides `retranslate`, `recolour` and `enter`. It ends its `__init__` with `self.retranslate()`.
    """

    name = ""
    noted = Signal(object)  # Note | Trouble, for the window's banner

    def __init__(self, look: Look, background: Background) -> None:
        super().__init__()
        self.look = look
        self.background = background
        self.setProperty("page", True)
        look.words_changed.connect(self.retranslate)
        look.theme_changed.connect(self.recolour)

    def retranslate(self) -> None:
        """Every word on the page again, in the present language."""

    def recolour(self) -> None:
        """Everything again that the stylesheet does not colour: pictures, painted charts."""

    def enter(self) -> None:
        """The page has come to the front: load what it shows and put the focus where work begins."""

    def leave(self) -> None:
        """The page is no longer in front."""

    def say(self, key: str, **params: str | int) -> str:
        """The sentence of `key` in the present language."""
        return self.look.say(key, **params)

    def ask(self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Trouble], None] | None = None) -> None:
        """Run `job` on the database's worker; trouble goes to the banner unless `failed` takes it."""
        self.background.database(job, self, done, failed or self.trouble)

    def ask_elsewhere(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Trouble], None] | None = None
    ) -> None:
        """Run long work (network, decoding, exports) in the pool; otherwise as `ask`."""
        self.background.elsewhere(job, self, done, failed or self.trouble)

    def trouble(self, trouble: Trouble) -> None:
        """Tell the person through the banner what the world did."""
        self.noted.emit(trouble)

    def note(self, tone: Tone, key: str, **params: str | int) -> None:
        """Tell the person something through the banner."""
        self.noted.emit(Note.of(tone, key, **params))


def sentence(look: Look, noted: Note | Trouble) -> str:
    """What the banner says for `noted` in the present language."""
    return messages.trouble(look, noted) if isinstance(noted, Trouble) else look.say(noted.key, **noted.params)

"""The pages behind the barrier, made together and put into the window: crossings F6, shift F7, sync F8, settings F9."""

from checkpoint_app.store.facts import Clock
from checkpoint_app.ui.back_desk import Archive, Line, Staff, Watch
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.crossings_page import CrossingsPage
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.settings import Preferences
from checkpoint_app.ui.settings_page import SettingsPage
from checkpoint_app.ui.shift_page import ShiftPage
from checkpoint_app.ui.sync_page import SyncPage
from checkpoint_app.ui.window import Window


class BackOffice:
    """Keep it as long as the window: `sync.enrolled` wakes the runner, `preferences.changed` moves camera, sound, lock."""

    def __init__(
        self,
        window: Window,
        look: Look,
        background: Background,
        on_duty: OnDuty,
        clock: Clock,
        *,
        archive: Archive,
        watch: Watch,
        line: Line,
        staff: Staff,
        preferences: Preferences,
    ) -> None:
        self._window = window
        self.preferences = preferences
        self.crossings = CrossingsPage(look, background, on_duty, archive, clock)
        self.shift = ShiftPage(look, background, on_duty, watch)
        self.sync = SyncPage(look, background, on_duty, line, clock)
        self.settings = SettingsPage(look, background, on_duty, staff, preferences)
        for page, key in ((self.crossings, "F6"), (self.shift, "F7"), (self.sync, "F8"), (self.settings, "F9")):
            window.add_page(page, key)
        self.sync.returned_asked.connect(self._see_returned)

    def _see_returned(self) -> None:
        self._window.go(self.crossings)
        self.crossings.show_returned()

"""Settings: how the screen looks and speaks, for everybody; camera, lock, sound and officers, for a supervisor."""

from PySide6.QtWidgets import QCheckBox, QComboBox, QScrollArea, QWidget

from checkpoint_app.scanner.camera import CameraInfo
from checkpoint_app.store.values import Officer
from checkpoint_app.ui.back_desk import Staff
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.choice import Choice
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.page import Page
from checkpoint_app.ui.settings import IDLE_MINUTES, TEXT_PERCENTS, Preferences, Settings
from checkpoint_app.ui.staff_panel import NewOfficer, StaffPanel
from checkpoint_app.ui.theme import THEMES
from checkpoint_app.ui.widgets import Card, Field, KeyButton, column, row, text
from checkpoint_app.words import LANGUAGES
from checkpoint_core.trouble import Trouble


class SettingsPage(Page):
    """What is changed is in force at once and kept."""

    name = "settings"

    def __init__(self, look: Look, background: Background, on_duty: OnDuty, staff: Staff, preferences: Preferences) -> None:
        super().__init__(look, background)
        self._on_duty, self._staff, self.preferences = on_duty, staff, preferences
        self._cameras: list[CameraInfo] = []
        self.language, self.theme, self.text_size = Choice(LANGUAGES), Choice(THEMES), Choice(TEXT_PERCENTS)
        self.camera, self.idle, self.sound = QComboBox(), QComboBox(), QCheckBox()
        self.again = KeyButton(look, "camera", "Ctrl+R")
        controls: dict[str, QWidget] = {
            "language": self.language,
            "theme": self.theme,
            "size": self.text_size,
            "camera": self.camera,
            "idle": self.idle,
        }
        self._fields = {name: Field(control) for name, control in controls.items()}
        self._titles = {name: text("heading") for name in ("screen", "laptop")}
        self._why_not, self._not_yet = text("muted", wrap=True), text("muted", wrap=True)
        self.people = StaffPanel(look)
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        say = self.say
        for name, field in self._fields.items():
            field.label(say(f"settings.{name}"))
        for name, title in self._titles.items():
            title.setText(say(f"settings.title-{name}"))
        self.language.say([say(f"settings.language-{language}") for language in LANGUAGES])
        self.theme.say([say(f"settings.theme-{theme}") for theme in THEMES])
        self.text_size.say([f"{percent} %" for percent in TEXT_PERCENTS])
        self.idle.clear()
        self.idle.addItems([say("settings.minutes", count=minutes) for minutes in IDLE_MINUTES])
        self.sound.setText(say("settings.sound"))
        self.again.label(say("settings.look-again"))
        self._why_not.setText(say("settings.supervisor-only"))
        self._not_yet.setText(say("settings.not-yet"))
        self.people.retranslate()
        self._draw_cameras()
        self._draw_settings()

    def recolour(self) -> None:
        self._draw_settings()

    def enter(self) -> None:
        self.language.setFocus()
        self._load()
        self._look_for_cameras()

    def _lay_out(self) -> None:
        fields = self._fields
        screen = Card(column(self._titles["screen"], fields["language"], fields["theme"], fields["size"], spacing=10))
        laptop = Card(
            column(
                self._titles["laptop"],
                self._why_not,
                fields["camera"],
                row(self.again, 1),
                fields["idle"],
                self.sound,
                spacing=10,
            )
        )
        left = QWidget()
        left.setLayout(column(screen, laptop, 1, spacing=12))
        right = QWidget()
        right.setLayout(column(self.people, 1, self._not_yet, spacing=12))
        layout = row(*(_scrolled(side) for side in (left, right)), spacing=14)
        layout.setStretch(0, 4)
        layout.setStretch(1, 5)
        layout.setContentsMargins(16, 12, 16, 12)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.language.chosen.connect(lambda value: self.preferences.change(language=value))
        self.theme.chosen.connect(lambda value: self.preferences.change(theme=value))
        self.text_size.chosen.connect(lambda value: self.preferences.change(text_percent=value))
        self.camera.activated.connect(self._choose_camera)
        self.idle.activated.connect(self._choose_idle)
        self.sound.clicked.connect(self._choose_sound)
        self.again.clicked.connect(self._look_for_cameras)
        self.people.added.connect(self._add)
        self.people.own_asked.connect(self._change_pin)
        self.people.reset_asked.connect(self._reset_pin)
        self.preferences.changed.connect(self._draw_settings)
        self.preferences.not_kept.connect(self.trouble)
        self._on_duty.changed.connect(self._duty_changed)

    def _duty_changed(self) -> None:
        for form in (self.people.own, self.people.new, self.people.reset):
            form.reset()
        self._draw_settings()

    def _load(self) -> None:
        self.ask(self._staff.officers, self._loaded)

    def _loaded(self, officers: list[Officer]) -> None:
        self.people.show_officers(officers, self._on_duty.officer)

    def _look_for_cameras(self) -> None:
        self.ask_elsewhere(self._staff.cameras, self._found_cameras)

    def _found_cameras(self, cameras: list[CameraInfo]) -> None:
        self._cameras = cameras
        self._draw_cameras()

    def _draw_cameras(self) -> None:
        self.camera.clear()
        first = "settings.camera-first" if self._cameras else "settings.camera-none"
        self.camera.addItems([self.say(first), *(camera.name for camera in self._cameras)])
        devices = [camera.device for camera in self._cameras]
        chosen = self.preferences.settings.camera
        self.camera.setCurrentIndex(devices.index(chosen) + 1 if chosen in devices else 0)

    def _draw_settings(self, _: Settings | None = None) -> None:
        settings, officer = self.preferences.settings, self._on_duty.officer
        self.language.choose(settings.language)
        self.theme.choose(settings.theme)
        self.text_size.choose(settings.text_percent)
        nearest = min(IDLE_MINUTES, key=lambda minutes: abs(minutes - settings.idle_minutes))
        self.idle.setCurrentIndex(IDLE_MINUTES.index(nearest))
        self.sound.setChecked(settings.sound)
        supervisor = officer is not None and officer.role == "supervisor"
        self._why_not.setVisible(not supervisor)
        for control in (self.camera, self.idle, self.sound):
            control.setEnabled(supervisor)

    def _choose_camera(self, place: int) -> None:
        self._set(camera=self._cameras[place - 1].device if place else None)

    def _choose_idle(self, place: int) -> None:
        self._set(idle_minutes=IDLE_MINUTES[place])

    def _choose_sound(self, on: bool) -> None:
        self._set(sound=on)

    def _set(self, **changes: str | int | None) -> None:
        """Change what concerns every officer here, and write down who did."""
        officer = self._on_duty.officer
        if officer is None:
            return
        self.preferences.change(**changes)
        ((name, value),) = changes.items()
        self.ask(lambda: self._staff.note_setting(officer, name, "" if value is None else str(value)), _noted)

    def _add(self, wanted: NewOfficer) -> None:
        officer = self._on_duty.officer
        if officer is not None:
            job = lambda: self._staff.add(officer, wanted.name, wanted.role, wanted.pin)  # noqa: E731
            self.ask(job, self._added, self._not_added)

    def _added(self, made: Officer) -> None:
        self.people.new.reset()
        self.people.name.clear()
        self.note("good", "settings.added", name=made.name)
        self._load()

    def _not_added(self, trouble: Trouble) -> None:
        if trouble.params.get("field") == "name":
            self.people.complain_name(trouble)
        elif not self.people.new.complain(trouble):
            self.trouble(trouble)

    def _change_pin(self, pins: tuple[str, str]) -> None:
        officer = self._on_duty.officer
        if officer is not None:
            self.ask(lambda: self._staff.change_pin(officer, *pins), self._changed, self._not_changed)

    def _changed(self, _: None) -> None:
        self.people.own.reset()
        self.note("good", "settings.pin-changed")

    def _not_changed(self, trouble: Trouble) -> None:
        if not self.people.own.complain(trouble):
            self.trouble(trouble)

    def _reset_pin(self, wish: tuple[str, str]) -> None:
        officer = self._on_duty.officer
        if officer is not None:
            self.ask(lambda: self._staff.reset_pin(officer, *wish), self._was_reset, self._not_reset)

    def _was_reset(self, _: None) -> None:
        self.people.reset.reset()
        self.note("good", "settings.pin-reset")

    def _not_reset(self, trouble: Trouble) -> None:
        if not self.people.reset.complain(trouble):
            self.trouble(trouble)


def _noted(_: None) -> None:
    """It is in the journal; nothing more to do."""


def _scrolled(side: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(side)
    area.setWidgetResizable(True)
    return area

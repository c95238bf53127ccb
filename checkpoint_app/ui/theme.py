"""The colours, sizes and one stylesheet of the window, from named tokens: light, dark, and high contrast for sunlight."""

from dataclasses import asdict, dataclass
from typing import Literal

Theme = Literal["light", "dark", "contrast"]
THEMES: tuple[Theme, ...] = ("light", "dark", "contrast")


@dataclass(frozen=True)
class Palette:
    """Colours as '#rrggbb'. `on_x` is the text colour that belongs on `x`."""

    window: str
    surface: str  # cards and panels
    raised: str  # inputs, buttons
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    focus: str
    bar: str  # the top bar
    on_bar: str
    bar_muted: str
    clear: str
    on_clear: str
    attention: str
    on_attention: str
    stop: str
    on_stop: str
    idle: str  # the verdict panel with no verdict in it
    on_idle: str
    error: str  # error text on surface
    good: str  # success text on surface
    warn: str  # warning text on surface


PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        window="#eef1f5", surface="#ffffff", raised="#ffffff", border="#7e8898", text="#17202c", muted="#4d5969",
        accent="#0f4c9c", on_accent="#ffffff", focus="#d9480f", bar="#12305c", on_bar="#ffffff", bar_muted="#c5d3ea",
        clear="#146c37", on_clear="#ffffff", attention="#ffc53d", on_attention="#241a00", stop="#b3141d", on_stop="#ffffff",
        idle="#dfe5ed", on_idle="#2b3646", error="#b3141d", good="#146c37", warn="#7a4b00",
    ),
    "dark": Palette(
        window="#11161d", surface="#1b222c", raised="#262f3b", border="#6b7889", text="#eef2f7", muted="#a9b5c4",
        accent="#7fb4ff", on_accent="#0a1626", focus="#ffb454", bar="#0a0e14", on_bar="#eef2f7", bar_muted="#a9b5c4",
        clear="#1f7f46", on_clear="#ffffff", attention="#f0b429", on_attention="#1f1600", stop="#c92a2a", on_stop="#ffffff",
        idle="#2b3441", on_idle="#d5dde8", error="#ff9c9c", good="#7ddc9f", warn="#ffd166",
    ),
    "contrast": Palette(
        window="#ffffff", surface="#ffffff", raised="#ffffff", border="#000000", text="#000000", muted="#1f1f1f",
        accent="#00307a", on_accent="#ffffff", focus="#c2006b", bar="#000000", on_bar="#ffffff", bar_muted="#f2f2f2",
        clear="#004d1f", on_clear="#ffffff", attention="#ffd400", on_attention="#000000", stop="#8b0000", on_stop="#ffffff",
        idle="#f2f2f2", on_idle="#000000", error="#8b0000", good="#004d1f", warn="#5a3200",
    ),
}  # fmt: skip

TEXT_PX = 14  # nothing is smaller
VERDICT_PX = 40
TARGET_PX = 44  # the least height of anything that is touched

_STYLE = """
* {{ font-family: "Be Vietnam Pro", "Noto Sans", sans-serif; font-size: 15px; color: {text}; }}
QWidget#window, QWidget[page="true"] {{ background: {window}; }}
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {border}; padding: 4px; }}

QFrame[card="true"] {{ background: {surface}; border: 1px solid {border}; border-radius: 8px; }}
QLabel {{ background: transparent; border: none; }}
QLabel[role="title"] {{ font-size: 24px; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: 17px; font-weight: 600; }}
QLabel[role="name"] {{ font-size: 26px; font-weight: 700; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="number"] {{ font-size: 20px; font-weight: 600; }}
QLabel[role="muted"] {{ color: {muted}; font-size: {text_px}px; }}
QLabel[role="error"] {{ color: {error}; font-weight: 500; font-size: {text_px}px; }}
QLabel[role="good"] {{ color: {good}; font-weight: 600; }}
QLabel[role="warn"] {{ color: {warn}; font-weight: 600; }}
QLabel[role="figure"] {{ font-size: 32px; font-weight: 700; }}

QPushButton, QToolButton {{
    background: {raised}; color: {text}; border: 1px solid {border}; border-radius: 6px;
    min-height: {inner_px}px; padding: 0 14px; font-weight: 500;
}}
QPushButton:hover, QToolButton:hover {{ border-color: {accent}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {idle}; color: {on_idle}; }}
QPushButton:checked, QToolButton:checked {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {muted}; border-style: dashed; }}
QPushButton:focus, QToolButton:focus {{
    border: 3px solid {focus}; padding: 0 12px; min-height: {focus_px}px; outline: none;
}}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: 600; }}
QPushButton[role="primary"]:focus {{ background: {accent}; border: 3px solid {focus}; }}
QPushButton[role="danger"] {{ background: {stop}; color: {on_stop}; border-color: {stop}; font-weight: 600; }}
QPushButton[role="danger"]:focus {{ border: 3px solid {focus}; }}
QPushButton[role="primary"]:disabled, QPushButton[role="danger"]:disabled {{
    background: {idle}; color: {on_idle}; border: 1px dashed {border};
}}
QPushButton[role="key"], QPushButton[role="suggested"] {{ font-size: 17px; font-weight: 600; min-height: 54px; }}
QPushButton[role="suggested"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: 700; }}
QPushButton[role="suggested"]:focus {{ background: {accent}; border: 3px solid {focus}; }}
QPushButton[role="pad"], QPushButton[role="pad-enter"] {{ font-size: 24px; font-weight: 600; min-height: 58px; }}
QPushButton[role="pad-enter"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}

QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit {{
    background: {raised}; color: {text}; border: 1px solid {border}; border-radius: 6px; padding: 0 8px;
    min-height: {inner_px}px; selection-background-color: {accent}; selection-color: {on_accent};
    placeholder-text-color: {muted};
}}
QPlainTextEdit, QTextEdit {{ padding: 6px 8px; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus,
QDateEdit:focus, QTimeEdit:focus, QDateTimeEdit:focus {{
    border: 3px solid {focus}; padding: 0 6px; min-height: {focus_px}px;
}}
QLineEdit[wrong="true"], QComboBox[wrong="true"] {{ border: 2px solid {error}; min-height: {wrong_px}px; }}
QLineEdit[wrong="true"]:focus, QComboBox[wrong="true"]:focus {{ border: 3px solid {error}; min-height: {focus_px}px; }}
QLineEdit:read-only {{ background: {surface}; }}
QLineEdit:disabled, QComboBox:disabled, QCheckBox:disabled {{ color: {muted}; border-style: dashed; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView, QListView, QAbstractItemView {{
    background: {surface}; color: {text}; border: 1px solid {border}; outline: none;
    selection-background-color: {accent}; selection-color: {on_accent};
}}
QListView::item, QComboBox QAbstractItemView::item {{ min-height: {inner_px}px; padding: 0 8px; }}
QListView::item:selected {{ background: {accent}; color: {on_accent}; }}

QCheckBox, QRadioButton {{
    spacing: 8px; min-height: {inner_px}px; background: transparent; border: 2px solid transparent; padding: 0 4px;
}}
QCheckBox:focus, QRadioButton:focus {{ border: 3px solid {focus}; border-radius: 6px; padding: 0 3px; }}
QCheckBox::indicator, QRadioButton::indicator {{
    width: 20px; height: 20px; border: 2px solid {muted}; border-radius: 4px; background: {raised};
}}
QRadioButton::indicator {{ border-radius: 12px; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QRadioButton::indicator:checked {{ background: {accent}; border-color: {accent}; }}

QTableView {{
    background: {surface}; alternate-background-color: {window}; gridline-color: {border};
    border: 1px solid {border}; border-radius: 6px; selection-background-color: {accent}; selection-color: {on_accent};
}}
QTableView:focus, QListView:focus {{ border: 3px solid {focus}; }}
QTableView::item {{ padding: 0 8px; }}
QHeaderView::section {{
    background: {idle}; color: {on_idle}; border: none; border-bottom: 1px solid {border}; padding: 8px; font-weight: 600;
}}
QTableCornerButton::section {{ background: {idle}; border: none; }}
QProgressBar {{
    background: {raised}; border: 1px solid {border}; border-radius: 6px; text-align: center; min-height: 24px;
}}
QProgressBar::chunk {{ background: {accent}; border-radius: 5px; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 14px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {border}; border-radius: 5px; min-height: 44px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 14px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {border}; border-radius: 5px; min-width: 44px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}

QFrame#bar {{ background: {bar}; border: none; }}
QFrame#bar QLabel {{ color: {on_bar}; }}
QFrame#bar QLabel[role="muted"] {{ color: {bar_muted}; }}
QFrame#bar QToolButton {{ background: transparent; color: {on_bar}; border-color: {bar_muted}; }}
QFrame#bar QToolButton:hover {{ border-color: {on_bar}; }}
QFrame#bar QToolButton:focus {{ border: 3px solid {focus}; }}
QFrame#navigation {{ background: {surface}; border: none; border-bottom: 1px solid {border}; }}
QFrame#navigation QToolButton {{
    border: none; border-radius: 0; border-bottom: 4px solid transparent; background: transparent;
}}
QFrame#navigation QToolButton:checked {{ color: {accent}; border-bottom: 4px solid {accent}; font-weight: 700; }}
QFrame#navigation QToolButton:focus {{ border: 3px solid {focus}; border-radius: 6px; }}

QFrame#banner {{ background: {surface}; border: none; border-bottom: 1px solid {border}; border-left: 8px solid {accent}; }}
QFrame#banner[told="good"] {{ border-left-color: {good}; }}
QFrame#banner[told="warn"] {{ border-left-color: {warn}; }}
QFrame#banner[told="error"] {{ border-left-color: {error}; }}

QFrame[tone] {{ border: none; border-radius: 8px; }}
{tones}
"""

_TONE = """
QFrame[tone="{tone}"] {{ background: {back}; }}
QFrame[tone="{tone}"] QLabel {{ color: {front}; }}
QFrame[tone="{tone}"] QLabel[role="verdict"] {{ font-size: {verdict_px}px; font-weight: 700; }}
QFrame[tone="{tone}"] QPushButton, QFrame[tone="{tone}"] QToolButton {{
    background: transparent; color: {front}; border-color: {front};
}}
QFrame[tone="{tone}"] QPushButton:focus {{ border: 3px solid {front}; }}
"""


def stylesheet(palette: Palette, *, arrow: str = "", tick: str = "") -> str:
    """The whole window's style; `arrow` and `tick` are paths of small images in the palette's colours."""
    tones = "".join(
        _TONE.format(tone=tone, back=back, front=front, verdict_px=VERDICT_PX)
        for tone, back, front in (
            ("clear", palette.clear, palette.on_clear),
            ("attention", palette.attention, palette.on_attention),
            ("stop", palette.stop, palette.on_stop),
            ("idle", palette.idle, palette.on_idle),
        )
    )
    sizes = {"inner_px": TARGET_PX - 2, "wrong_px": TARGET_PX - 4, "focus_px": TARGET_PX - 6, "text_px": TEXT_PX}
    return _STYLE.format(**asdict(palette), **sizes, tones=tones, arrow=arrow, tick=tick)


def luminance(colour: str) -> float:
    """WCAG 2 relative luminance of '#rrggbb', 0 to 1."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)

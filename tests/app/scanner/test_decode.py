"""Whatever a code holds and however it was segmented, its text is right; and no code, however bad, stops the next."""

from collections.abc import Callable
from itertools import chain
from typing import Any

import cv2
import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.scanner.cards import Look, empty_frame, render_card
from checkpoint_app.scanner.code import Code
from checkpoint_app.scanner.decode import as_grey, decode, second_look
from checkpoint_app.scanner.frames import Frame
from checkpoint_app.scanner.likeliest import kind_of, likeliest_first
from checkpoint_app.scanner.second_opinion import available, read_with_zbar
from tests.app.scanner.conftest import Start
from tests.app.scanner.recorder import CARD, OTHER_CARD, Recorder

BOARDING_PASS = "M1NGUYEN/THITHUMS     EABC123 SGNHANVN 0123 328Y012A0045 100"
EMOJI_CARD = CARD.replace("Nguyễn Thị Thử", "Nguyễn 🙂 Thử")


def on_frame(symbol: np.ndarray, side: int = 520) -> Frame:
    """A clean symbol shown flat before the camera, on a phone's screen say."""
    height, width = symbol.shape
    scale = side / max(height, width)
    large = cv2.resize(symbol.astype(np.uint8), None, fx=scale, fy=scale, interpolation=cv2.INTER_NEAREST)
    frame = empty_frame()
    frame[80 : 80 + large.shape[0], 300 : 300 + large.shape[1]] = large[:, :, None]
    return frame


def qr(*segments: str | bytes, encoding: str = "utf-8", error: str = "m") -> Frame:
    content: Any = list(segments)  # segno takes segments; its annotation forgets them
    symbol = segno.make(content, error=error, micro=False, encoding=encoding)
    modules = np.pad(np.array([list(row) for row in symbol.matrix]), 4)
    return on_frame(np.where(modules, 0, 255), side=560)


def other(text: str, kind: zxingcpp.BarcodeFormat) -> Frame:
    symbol = np.array(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, kind), scale=4))
    return on_frame(np.pad(symbol, 16, constant_values=255))


def texts(codes: list[Code]) -> list[str]:
    return [code.text for code in codes]


@pytest.mark.parametrize("text", [CARD, OTHER_CARD, EMOJI_CARD, "Đặng Thị Ỷ", "ữ" * 60])
def test_a_card_reads_as_printed(text: str) -> None:
    codes = decode(render_card(text))
    assert texts(codes) == [text]
    assert (codes[0].raw, codes[0].format, codes[0].engine) == (text.encode(), "QRCode", "zxing-cpp")


# Words need the byte mode, what stands between them has a mode of its own: each piece becomes a segment in the symbol.
words = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáắấđéếíóốớúứýạặậẹệịọộợụựỵẫẵỗữỹ|,", min_size=1, max_size=12)
between = st.sampled_from(["1", "05091990", "001190000017", " ", " - ", "A", "12/3 ", "TP"])
segmented = st.lists(st.tuples(words, between), min_size=1, max_size=12).map(lambda pairs: list(chain(*pairs)))


@settings(max_examples=60, deadline=None)
@given(segmented)
def test_vietnamese_is_right_whatever_the_segmentation(parts: list[str]) -> None:
    frame = qr(*parts)
    assert texts(decode(frame, others=False)) == ["".join(parts)]


@pytest.mark.skipif(not available(), reason="zbar is not installed")
@settings(max_examples=25, deadline=None)
@given(segmented)
def test_the_second_opinion_never_corrupts_vietnamese(parts: list[str]) -> None:
    assert texts(read_with_zbar(as_grey(qr(*parts)))) == ["".join(parts)]


@pytest.mark.skipif(not available(), reason="zbar is not installed")
def test_the_second_opinion_reads_a_plain_card() -> None:
    codes = second_look(as_grey(render_card(CARD, Look(width=0.8))))
    assert texts(codes) == [CARD]
    assert codes[0].engine == "zbar"


def test_the_corners_lie_on_the_code() -> None:
    whole = decode(render_card(CARD))[0].corners
    small = decode(render_card(CARD, Look(width=0.3)))[0].corners
    assert len(whole) == len(small) == 4
    for corners, wide in ((whole, 0.62), (small, 0.3)):
        middle = np.mean(corners, axis=0)
        assert abs(middle[0] - 1280 * (0.5 + wide * (0.5 - 11.5 / 85.6))) < 12


@pytest.mark.parametrize(
    "look",
    [
        Look(width=0.32),
        Look(defocus=2.0),
        Look(noise=24),
        Look(tilt=50),
        Look(width=0.5, roll=137),
        Look(exposure=0.12),
        Look(contrast=0.2),
        Look(glare=0.5),
        Look(glare=0.84),
        Look(defocus=2.7),
        Look(exposure=0.15, noise=12),
        Look(jpeg=15),
        Look(motion=3),
    ],
    ids=str,
)
def test_a_card_badly_shown_still_reads(look: Look) -> None:
    assert texts(decode(render_card(CARD, look))) == [CARD]


@pytest.mark.parametrize("kind", ["AztecCode", "PDF417", "DataMatrix"])
def test_a_boarding_pass_is_read_as_what_it_is(kind: str) -> None:
    codes = decode(other(BOARDING_PASS, getattr(zxingcpp.BarcodeFormat, kind)))
    assert texts(codes) == [BOARDING_PASS]
    assert kind_of(codes[0]) == "unknown"
    assert decode(other(BOARDING_PASS, getattr(zxingcpp.BarcodeFormat, kind)), others=False) == []


def test_two_codes_in_view_are_both_read_the_identity_first() -> None:
    frame = np.concatenate([cv2.resize(qr("WIFI:S:Quan Ca Phe;;"), (640, 720)), render_card(CARD)], axis=1)
    codes = likeliest_first(decode(frame))
    assert texts(codes) == [CARD, "WIFI:S:Quan Ca Phe;;"]
    assert [kind_of(code) for code in codes] == ["cccd", "unknown"]


BAD: dict[str, Callable[[], Frame]] = {
    "nothing": empty_frame,
    "unreadable": lambda: render_card(CARD, Look(defocus=9)),
    "half a code": lambda: np.where(np.arange(1280)[None, :, None] < 950, render_card(CARD), 90).astype(np.uint8),
    "foreign": lambda: qr("https://vi.example/menu"),
    "truncated": lambda: qr(CARD[:41]),
    "7,000 bytes": lambda: qr("7" * 7000, error="l"),
    "2,900 letters": lambda: qr("ữ" * 966, error="l"),
    "binary": lambda: qr(bytes(range(128, 256)) * 2, encoding="iso-8859-1"),
    "NUL-ridden": lambda: qr(CARD.replace("|", "\0|\0")),
    "wrong encoding": lambda: qr("Nguyễn Thị Thử".encode("utf-16-le"), encoding="iso-8859-1"),
    "emoji": lambda: qr(EMOJI_CARD),
    "boarding pass": lambda: other(BOARDING_PASS, zxingcpp.BarcodeFormat.AztecCode),
    "black": lambda: np.zeros((720, 1280, 3), np.uint8),
    "static": lambda: np.random.default_rng(1).integers(0, 256, (720, 1280, 3), dtype=np.uint8),
}


@pytest.mark.parametrize("name", BAD)
def test_after_any_bad_code_the_next_card_reads(name: str, recorder: Recorder, start: Start) -> None:
    bad, good = BAD[name](), render_card(CARD)

    class Desk:
        def read(self) -> Frame:
            return bad if recorder.frames < 20 else good

        def close(self) -> None:
            pass

    start(Desk)
    recorder.wait(lambda r: CARD in r.texts)
    assert recorder.errors == []


def test_bytes_that_are_no_utf8_are_handed_on_untouched() -> None:
    raw = "Nguyễn Thị Thử".encode("utf-16-le")
    codes = decode(qr(raw, encoding="iso-8859-1"))
    assert [code.raw for code in codes] == [raw]
    assert kind_of(codes[0]) == "unknown"


def test_a_code_as_long_as_codes_can_be_is_read_whole() -> None:
    assert [len(code.raw) for code in decode(BAD["7,000 bytes"]())] == [7000]


def test_a_tiny_and_an_empty_scene_give_nothing() -> None:
    assert decode(np.full((3, 3), 255, np.uint8), deep=True) == []
    assert decode(empty_frame(), deep=True) == []

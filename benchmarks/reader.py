"""The reader against a bare zxing-cpp call: milliseconds a 1280x720 frame, the two run frame by frame beside each other."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import zxingcpp

from checkpoint_app.scanner.cards import Look, empty_frame, render_card
from checkpoint_app.scanner.frame_reader import FrameReader
from checkpoint_app.scanner.frames import Frame
from checkpoint_app.scanner.practice import PracticeCamera

_CARD = "001190000017|012345678|Nguyễn Thị Thử|05091990|Nữ|Số 12, ngõ 34, Phường Mẫu, Quận Ví Dụ, Hà Nội|10052021"
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])


@dataclass(frozen=True)
class Comparison:
    """One kind of frame: times in ms, shares of frames read."""

    frames: str
    bare: Sequence[float]  # zxing-cpp asked for QR alone
    bare_all: Sequence[float]  # zxing-cpp as it comes: every format
    ours: Sequence[float]
    bare_read: float
    ours_read: float

    @property
    def ratio(self) -> float:
        """Our median to the bare QR call's."""
        return statistics.median(self.ours) / statistics.median(self.bare)


def compare(name: str, frames: Sequence[Frame]) -> Comparison:
    """Both readers over `frames`, in turn on each, after one unmeasured round."""
    reader = FrameReader()
    for frame in frames[:10]:
        reader.codes(frame)
    rounds = [
        (_timed(_bare, frame), _timed(_bare_all, frame), _timed(lambda seen: len(reader.codes(seen)), frame))
        for frame in frames
    ]
    bare, bare_all, ours = zip(*rounds, strict=True)
    return Comparison(name, _ms(bare), _ms(bare_all), _ms(ours), _share(bare), _share(ours))


def main() -> None:
    """Print the table."""
    print(f"{'frames':34}{'bare QR':>16}{'bare, all formats':>20}{'ours':>16}{'ratio':>7}{'read by bare':>14}{'by us':>8}")
    print(f"{'':34}{'median / p95 ms':>16}{'median / p95 ms':>20}{'median / p95 ms':>16}")
    for name, frames in scenes().items():
        c = compare(name, frames)
        print(
            f"{name:34}{_pair(c.bare):>16}{_pair(c.bare_all):>20}{_pair(c.ours):>16}"
            f"{c.ratio:>7.2f}{c.bare_read:>14.0%}{c.ours_read:>8.0%}"
        )


def scenes() -> dict[str, list[Frame]]:
    """Frames of practice sessions: nobody there, a card coming and held, and one held where it is hard to read."""
    held = [frame for seed in range(8) for frame in _session(seed)[14:44:2]]
    moving = [frame for seed in range(8) for frame in _session(seed)[4:12]]
    small = [render_card(_CARD, Look(width=0.26 + 0.005 * (i % 12), noise=8), seed=i) for i in range(60)]
    return {
        "card held": held,
        "card coming in, mostly unreadable": moving,
        "card small and grainy": small,
        "no code in view": [empty_frame(seed=i % 6) for i in range(120)],
    }


def _session(seed: int) -> list[Frame]:
    camera = PracticeCamera([_CARD], seed, pause=lambda seconds: None)
    return [camera.read() for _ in range(44)]


def _bare(frame: Frame) -> int:
    return len(zxingcpp.read_barcodes(frame, formats=_QR))


def _bare_all(frame: Frame) -> int:
    return len(zxingcpp.read_barcodes(frame))


def _timed(read: Callable[[Frame], int], frame: Frame) -> tuple[float, int]:
    start = time.perf_counter()
    found = read(frame)
    return (time.perf_counter() - start) * 1000, found


def _ms(times: Sequence[tuple[float, int]]) -> list[float]:
    return [ms for ms, _ in times]


def _share(times: Sequence[tuple[float, int]]) -> float:
    return sum(found > 0 for _, found in times) / len(times)


def _pair(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.1f} / {statistics.quantiles(times, n=20)[18]:.1f}"


if __name__ == "__main__":
    main()

"""Makes resources/sounds: four short chimes that differ in pitch, number and length, so that no ear confuses them."""

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
FOLDER = Path(__file__).resolve().parents[1] / "resources" / "sounds"
# (frequency in Hz, seconds) one after the other; 0 Hz is silence
CHIMES: dict[str, list[tuple[float, float]]] = {
    "clear": [(880, 0.09), (1320, 0.14)],
    "attention": [(660, 0.14), (0, 0.06), (660, 0.14)],
    "stop": [(330, 0.18), (0, 0.05), (330, 0.18), (0, 0.05), (247, 0.32)],
    "saved": [(1047, 0.06)],
}


def samples(tones: list[tuple[float, float]]) -> list[int]:
    """16-bit samples; each tone swells and fades for 8 ms so that nothing clicks."""
    out: list[int] = []
    for frequency, seconds in tones:
        count = int(RATE * seconds)
        for n in range(count):
            envelope = min(1.0, n / (0.008 * RATE), (count - n) / (0.008 * RATE))
            out.append(int(18_000 * envelope * math.sin(2 * math.pi * frequency * n / RATE)))
    return out


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, tones in CHIMES.items():
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            wave_samples = samples(tones)
            file.writeframes(struct.pack(f"<{len(wave_samples)}h", *wave_samples))


if __name__ == "__main__":
    main()

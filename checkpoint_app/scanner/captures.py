"""What `checkpoint read` prints for one image: its codes, what each is, and how long reading took."""

import time
from pathlib import Path
from typing import Any

from checkpoint_app.scanner.files import read_image
from checkpoint_app.scanner.likeliest import kind_of, likeliest_first


def read_codes(path: Path) -> dict[str, Any]:
    """`{"path", "ms", "codes": [{"format", "text", "engine", "kind"}]}`, the likeliest first; Trouble as `read_image`."""
    start = time.perf_counter()
    codes = likeliest_first(read_image(path))
    return {
        "path": str(path),
        "ms": round((time.perf_counter() - start) * 1000, 1),
        "codes": [{"format": c.format, "text": c.text, "engine": c.engine, "kind": kind_of(c)} for c in codes],
    }

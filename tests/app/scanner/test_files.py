"""Pictures from a file, a drop or the clipboard: read like frames; what is no picture gets a clear answer."""

import io
from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from checkpoint_app.scanner.captures import read_codes
from checkpoint_app.scanner.cards import Look, render_card
from checkpoint_app.scanner.files import images_in, read_image
from checkpoint_app.words import LANGUAGES, say
from checkpoint_core.trouble import Trouble
from tests.app.scanner.recorder import CARD


def packed(kind: str, **options: int) -> bytes:
    picture = Image.fromarray(np.ascontiguousarray(render_card(CARD)[:, :, ::-1]))
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def refused(source: Path | bytes) -> Trouble:
    with pytest.raises(Trouble) as trouble:
        read_image(source)
    return trouble.value


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF"])
def test_every_common_format_reads(kind: str) -> None:
    assert [code.text for code in read_image(packed(kind))] == [CARD]


def test_a_path_with_vietnamese_letters_and_no_suffix_reads(tmp_path: Path) -> None:
    path = tmp_path / "Ảnh thẻ của Đỗ Thị Mẫu"
    path.write_bytes(packed("PNG"))
    assert [code.text for code in read_image(path)] == [CARD]


def test_a_black_code_on_a_transparent_ground_reads() -> None:
    grey = cv2.cvtColor(render_card(CARD, Look(noise=0)), cv2.COLOR_BGR2GRAY)
    clear = np.zeros((*grey.shape, 4), np.uint8)
    clear[:, :, 3] = 255 - grey
    out = io.BytesIO()
    Image.fromarray(clear).save(out, "PNG")
    assert [code.text for code in read_image(out.getvalue())] == [CARD]


def test_a_hard_picture_gets_more_effort_than_a_frame() -> None:
    out = io.BytesIO()
    hard = render_card(CARD, Look(glare=0.65, noise=8))
    Image.fromarray(np.ascontiguousarray(hard[:, :, ::-1])).save(out, "PNG")
    assert [code.text for code in read_image(out.getvalue())] == [CARD]


def test_what_is_no_picture_is_named(tmp_path: Path) -> None:
    note = tmp_path / "ghi chú.txt"
    note.write_text("không phải ảnh", encoding="utf-8")
    for source in (note, b"", b"\x89PNG\r\n", b"<html></html>"):
        assert refused(source).code == "not-an-image"
    assert refused(note).params == {"name": "ghi chú.txt"}
    assert refused(tmp_path / "absent.png").code == "file-missing"
    assert refused(tmp_path).code == "file-unreadable"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_picture_is_truncated(kind: str) -> None:
    data = packed(kind)
    assert refused(data[: len(data) // 2]).code == "image-truncated"


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    out = io.BytesIO()
    Image.new("1", (16_000, 16_000)).save(out, "PNG")
    assert refused(out.getvalue()).code == "image-too-large"


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF"]), st.data())
def test_a_damaged_file_is_read_or_refused_never_a_crash(kind: str, data: st.DataObject) -> None:
    small = io.BytesIO()
    Image.fromarray(np.arange(4096, dtype=np.uint8).reshape(64, 64)).save(small, kind)
    damaged = bytearray(small.getvalue())
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Trouble):
        read_image(bytes(damaged[: data.draw(st.integers(1, len(damaged)))]))


def test_a_folder_gives_its_pictures_at_any_depth_and_a_file_itself(tmp_path: Path) -> None:
    for name in ("b.JPG", "a.png", "trong/c.webp", "d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    inside = [path.relative_to(tmp_path).as_posix() for path in images_in([tmp_path, tmp_path / "d.txt"])]
    assert inside == ["a.png", "b.JPG", "trong/c.webp", "d.txt"]


def test_the_command_line_s_line_for_one_picture(tmp_path: Path) -> None:
    path = tmp_path / "card.png"
    path.write_bytes(packed("PNG"))
    line = read_codes(path)
    assert line.pop("ms") > 0
    assert line == {
        "path": str(path),
        "codes": [{"format": "QRCode", "text": CARD, "engine": "zxing-cpp", "kind": "cccd"}],
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_its_sentence_with_the_name_in_it(language: str) -> None:
    for code in ("file-missing", "file-unreadable", "not-an-image", "image-truncated", "image-too-large"):
        assert "thẻ.png" in say("vi" if language == "vi" else "en", f"file.{code}", name="thẻ.png")

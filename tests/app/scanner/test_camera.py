"""Cameras as OpenCV opens them, here films and image sequences; and which ones there are."""

from pathlib import Path

import cv2
import pytest

from checkpoint_app.scanner.camera import Camera, CameraInfo, _listed, cameras
from checkpoint_app.scanner.cards import empty_frame, render_card
from checkpoint_app.scanner.frames import Frame
from checkpoint_app.words import LANGUAGES, knows
from checkpoint_core.trouble import Trouble
from tests.app.scanner.conftest import Start
from tests.app.scanner.recorder import CARD, OTHER_CARD, Recorder

SIZE = (1280, 720)


def film(path: Path, frames: list[Frame]) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, SIZE)
    for frame in frames:
        writer.write(frame)
    writer.release()
    return path


def test_a_film_gives_its_frames_then_is_unplugged(tmp_path: Path) -> None:
    camera = Camera(str(film(tmp_path / "thẻ.avi", [empty_frame(), render_card(CARD)])))
    assert camera.read().shape == (720, 1280, 3)
    camera.read()
    with pytest.raises(Trouble) as lost:
        camera.read()
    camera.close()
    assert lost.value.code == "unplugged"


def test_an_image_sequence_is_a_camera_too(tmp_path: Path) -> None:
    for number in range(3):
        cv2.imwrite(str(tmp_path / f"frame_{number:03}.png"), empty_frame(seed=number))
    camera = Camera(str(tmp_path / "frame_%03d.png"))
    assert [camera.read().shape for _ in range(3)] == [(720, 1280, 3)] * 3
    camera.close()


def test_an_absent_camera_and_one_that_does_not_open(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "video9").write_bytes(b"not a camera")
    for device, code in ((str(tmp_path / "video0"), "no-camera"), (str(tmp_path / "video9"), "camera-busy")):
        with pytest.raises(Trouble) as trouble:
            Camera(device)
        assert trouble.value.code == code
    with pytest.raises(Trouble) as trouble:
        Camera("63")
    assert trouble.value.code == "no-camera"
    assert capfd.readouterr().err == "", "OpenCV's warnings are not for the officer's terminal"


def test_a_film_that_is_unplugged_and_plugged_in_again_reads_on(tmp_path: Path, recorder: Recorder, start: Start) -> None:
    device = tmp_path / "video.avi"
    start(lambda: Camera(str(device)))
    recorder.wait(lambda r: "no-camera" in r.state_codes)
    film(tmp_path / "first.avi", [render_card(CARD)] * 40).rename(device)
    recorder.wait(lambda r: CARD in r.texts)
    device.unlink()
    recorder.wait(lambda r: "unplugged" in r.state_codes)
    film(tmp_path / "second.avi", [render_card(OTHER_CARD)] * 40).rename(device)
    recorder.wait(lambda r: OTHER_CARD in r.texts)
    assert recorder.state_codes[:4] == ["searching", "no-camera", "running", "unplugged"]
    assert recorder.state_codes[1:].count("no-camera") == 1, "once it ran, an absent camera is an unplugged one"
    assert recorder.errors == []


def test_cameras_are_listed_by_name_and_by_the_path_that_survives_replugging(tmp_path: Path) -> None:
    dev, sysfs = tmp_path / "dev", tmp_path / "sys"
    (dev / "v4l" / "by-id").mkdir(parents=True)
    nodes = (("video0", "0", "Laptop camera"), ("video1", "1", "Laptop camera"), ("video2", "0", "USB camera"))
    for node, index, name in nodes:
        (dev / node).touch()
        (sysfs / node).mkdir(parents=True)
        (sysfs / node / "index").write_text(index + "\n")
        (sysfs / node / "name").write_text(name + "\n")
    (dev / "v4l" / "by-id" / "usb-Maker_123-video-index0").symlink_to(dev / "video2")
    assert _listed(dev, sysfs) == [
        CameraInfo(str(dev / "video0"), "Laptop camera"),
        CameraInfo(str(dev / "v4l" / "by-id" / "usb-Maker_123-video-index0"), "USB camera"),
    ]


def test_a_machine_without_cameras_lists_none(tmp_path: Path) -> None:
    assert _listed(tmp_path, tmp_path / "absent") == []
    assert all(camera.device and camera.name for camera in cameras())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_its_sentence(language: str) -> None:
    for code in ("searching", "running", "unplugged", "no-camera", "camera-busy", "camera-denied"):
        assert knows("vi" if language == "vi" else "en", f"camera.{code}")

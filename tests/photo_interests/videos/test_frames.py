import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

pytest.importorskip("av")

import photo_interests  # noqa: E402
from photo_interests.photos.photo_error import PhotoError  # noqa: E402
from photo_interests.videos.frames import MAXIMUM_FRAMES, read_video  # noqa: E402
from tests.photo_interests.analysis.drawn_scenes import clock, face  # noqa: E402
from tests.photo_interests.videos.drawn_videos import (  # noqa: E402
    write_sound,
    write_video,
)

ROOT = Path(photo_interests.__file__).parent.parent


def plain(level):
    return Image.new("RGB", (160, 120), (level, level, 255 - level))


def seconds(path):
    return [round(frame.second) for frame in read_video(path).frames]


def test_frames_at_changes_alone(tmp_path):
    scenes = [(plain(20), 3), (plain(120), 4), (plain(230), 2)]
    video = read_video(write_video(tmp_path / "a.mp4", scenes))
    assert [round(frame.second) for frame in video.frames] == [0, 3, 7]
    levels = [frame.image.getpixel((80, 60))[0] for frame in video.frames]
    assert levels == pytest.approx([20, 120, 230], abs=12)
    assert video.frames[0].image.size == (160, 120) and video.taken is None


def test_a_still_picture_is_one_frame(tmp_path):
    assert seconds(write_video(tmp_path / "a.mkv", [(plain(99), 6)])) == [0]


def test_at_most_one_frame_a_second_and_thirty_in_all(tmp_path):
    scenes = [(plain(20 if turn % 2 else 220), 1) for turn in range(75)]
    times = seconds(write_video(tmp_path / "a.mp4", scenes))
    assert 10 <= len(times) <= MAXIMUM_FRAMES
    assert all(later - earlier >= 1 for earlier, later in pairwise(times))
    assert times[-1] > 60


def test_the_time_of_the_container(tmp_path):
    path = write_video(tmp_path / "a.mp4", [(plain(9), 1)], "2024-08-09T12:30:00Z")
    taken = read_video(path).taken
    assert taken is not None and taken.isoformat() == taken.astimezone().isoformat()
    assert taken.timestamp() == 1723206600


def cut(path):
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def noise(path):
    path.write_bytes(bytes(range(256)) * 40)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [(cut, "broken video"), (noise, "broken video"),
     (lambda path: path.write_bytes(b""), "empty file"),
     (lambda path: path.unlink(), "cannot be opened"),
     (write_sound, "no pictures")],
)  # fmt: skip
def test_damaged_videos_are_named(tmp_path, damage, reason):
    path = write_video(tmp_path / "a.mp4", [(plain(20), 2)])
    damage(path)
    with pytest.raises(PhotoError, match=reason):
        read_video(path)


def test_a_bad_video_costs_one_video(tmp_path):
    folder = tmp_path / "media"
    folder.mkdir()
    clock().save(folder / "photo.png")
    write_video(folder / "good.mp4", [(face(), 2), (clock(), 2)])
    noise(folder / "bad.mp4")
    done = subprocess.run(
        [
            sys.executable, "-m", "photo_interests", "describe", str(folder),
            "--models", str(tmp_path / "none"), "--analyzers", "scene", "--json", "-",
        ],
        capture_output=True, text=True, timeout=300,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(
                [str(ROOT), os.environ.get("PYTHONPATH", "")]
            ),
        },
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    content = json.loads(done.stdout)
    rows = [(Path(one["path"]).name, one.get("second")) for one in content["photos"]]
    assert rows == [("good.mp4", 0.0), ("good.mp4", 2.0), ("photo.png", None)]
    (skipped,) = content["skipped"]
    assert Path(skipped["path"]).name == "bad.mp4"
    assert skipped["reason"].startswith("broken video")

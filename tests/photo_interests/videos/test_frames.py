import contextlib
import json
import os
import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

av = pytest.importorskip("av")

import photo_interests  # noqa: E402
from photo_interests.photos.photo_error import PhotoError  # noqa: E402
from photo_interests.videos import frames  # noqa: E402
from photo_interests.videos.frames import (  # noqa: E402
    MAXIMUM_FRAMES,
    is_video,
    read_frame,
    read_video,
)
from tests.photo_interests.analysis.drawn_scenes import clock, face  # noqa: E402
from tests.photo_interests.drawn import (  # noqa: E402
    CORNERS,
    busy,
    corner_colours,
    four_corners,
)
from tests.photo_interests.videos.drawn_videos import (  # noqa: E402
    turn,
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


@pytest.mark.parametrize(
    ("created", "tags", "expected"),
    [
        (None, {}, None),
        # A phone that was never set, by the two zeros of clocks.
        ("1904-01-01T00:00:00Z", {}, None),
        ("1970-01-01T00:00:00Z", {}, None),
        # In the zone of the place, whatever UTC says.
        (
            "2024-07-31T22:30:00Z",
            {"com_apple_quicktime_creationdate": "2024-08-01T00:30:00+0200"},
            "2024-08-01T00:30:00+02:00",
        ),
        (None, {"com_apple_quicktime_creationdate": "yesterday"}, None),
    ],
)
def test_odd_times_and_times_with_a_zone(tmp_path, created, tags, expected):
    scenes = [(plain(9), 1)]
    path = tmp_path / "a.mov"
    write_video(path, scenes, created, movflags="use_metadata_tags", **tags)
    taken = read_video(path).taken
    assert (taken and taken.isoformat()) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, None),
        ({"location": "+48.1374+011.5755/"}, (48.1374, 11.5755)),
        (
            {"com_apple_quicktime_location_ISO6709": "-33.8568-151.2153+012.3/"},
            (-33.8568, -151.2153),
        ),
        ({"location": "+00.0000+000.0000/"}, None),  # without a fix
        ({"location": "+97.0000+011.5755/"}, None),
        ({"location": "Munich"}, None),
        ({"location": "+480814.64+0113431.8/"}, None),  # degrees, minutes, seconds
    ],
)
def test_position(tmp_path, tags, expected):
    path = tmp_path / "a.mp4"
    flags = "use_metadata_tags" if "location" not in tags else ""
    write_video(path, [(plain(9), 1)], movflags=flags, **tags)
    assert read_video(path).position == expected


@pytest.mark.parametrize("quarters", range(4))
def test_frames_are_turned_upright(tmp_path, quarters):
    upright = four_corners(160, 96)
    stored = upright.rotate(90 * quarters, expand=True)
    path = write_video(tmp_path / "a.mp4", [(stored, 1)])
    turn(path, quarters)
    (frame,) = read_video(path).frames
    assert frame.image.size == (160, 96)
    pixels = np.asarray(frame.image.resize((224, 224)))
    np.testing.assert_allclose(corner_colours(pixels), CORNERS, atol=30)


def test_of_a_long_video_few_frames_are_compared(tmp_path):
    pictures = [busy(64, 48, seed=seed) for seed in range(2)]
    for length, number in ((200, 200), (900, 300)):
        scenes = [(pictures[turn % 2], 1.0) for turn in range(length)]
        path = write_video(tmp_path / "a.mp4", scenes, rate=1)
        with av.open(str(path)) as container:
            assert len(list(frames._whole_frames(path, container))) == number


@pytest.mark.parametrize(
    "suffix", ["mp4", "mov", "3gp", "mkv", "avi", "mpg", "mts", "wmv"]
)
def test_containers(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    scenes = [(busy(176, 144, seed=seed), 2) for seed in range(3)]
    write_video(tmp_path / f"a.{suffix}", scenes)
    assert is_video(path) and seconds(path) == [0, 2, 4]


def test_a_frame_is_read_again(tmp_path):
    path = write_video(tmp_path / "a.mp4", [(plain(20), 2), (plain(220), 2)])
    for frame in read_video(path).frames:
        again = read_frame(path, frame.second)
        np.testing.assert_array_equal(np.asarray(again), np.asarray(frame.image))
    write_video(path, [(plain(20), 1)])
    with pytest.raises(PhotoError, match="expected a frame at 2.0 s"):
        read_frame(path, 2.0)


def test_a_name_is_never_an_address(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("http:a.mp4", "concat:a.mp4", "caf\udce9.mp4"):
        write_video(tmp_path / "a.mp4", [(plain(20), 1)]).rename(name)
        assert seconds(Path(name)) == [0]


def test_a_playlist_is_no_video(tmp_path):
    write_video(tmp_path / "b.mp4", [(plain(20), 1)])
    (tmp_path / "a.mp4").write_text("ffconcat version 1.0\nfile b.mp4\n")
    with pytest.raises(PhotoError, match="broken video"):
        read_video(tmp_path / "a.mp4")


READ_1000 = """
import resource, sys
from pathlib import Path
from photo_interests.videos.frames import read_video
short, long = map(Path, sys.argv[1:])
read_video(short)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
frames = read_video(long).frames
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(grown // 1024, *(frame.second for frame in frames))
"""


def test_a_thousand_scenes_are_thirty_frames_in_bounded_memory(tmp_path):
    pictures = [busy(640, 360, seed=seed) for seed in range(8)]
    scenes = [(pictures[turn % 8], 1.0) for turn in range(1000)]
    paths = [
        write_video(tmp_path / f"{count}.mp4", scenes[:count], rate=1)
        for count in (35, 1000)
    ]
    done = subprocess.run(
        [sys.executable, "-c", READ_1000, *map(str, paths)],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    grown, *times = map(float, done.stdout.split())
    assert 15 <= len(times) <= MAXIMUM_FRAMES
    assert times[0] == 0 and times[-1] > 900
    # All frames of it are 690 MB.
    assert grown < 100


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


def test_of_a_video_that_is_cut_off_the_beginning_is_read(tmp_path):
    scenes = [(busy(160, 120, seed=seed), 2) for seed in range(8)]
    for name, flags in (("a.mkv", ""), ("b.mp4", "faststart"), ("c.avi", "")):
        path = write_video(tmp_path / name, scenes, movflags=flags)
        assert seconds(path) == [0, 2, 4, 6, 8, 10, 12, 14]
        content = path.read_bytes()
        path.write_bytes(content[: 9 * len(content) // 10])
        found = seconds(path)
        assert (
            0 < len(found) <= 8 and found == [0, 2, 4, 6, 8, 10, 12, 14][: len(found)]
        )
    # MP4 without an index at its start cannot be read without its end.
    path = write_video(tmp_path / "d.mp4", scenes)
    cut(path)
    with pytest.raises(PhotoError, match="broken video"):
        read_video(path)


def test_a_damaged_frame_costs_one_frame(tmp_path):
    scenes = [(busy(160, 120, seed=seed), 2) for seed in range(4)]
    path = write_video(tmp_path / "a.mp4", scenes)
    with av.open(str(path)) as container:
        wholes = [p for p in container.demux(video=0) if p.size and p.is_keyframe]
        third = next(p for p in wholes if float(p.pts * p.time_base) == 2)
    content = bytearray(path.read_bytes())
    content[third.pos : third.pos + third.size] = b"\xff" * third.size
    path.write_bytes(content)
    assert seconds(path) == [0, 3, 4, 6]


def test_damage_costs_frames_or_the_video_and_raises_nothing_else(tmp_path):
    generator = random.Random(7)
    scenes = [(busy(160, 120, seed=seed), 2) for seed in range(5)]
    read = 0
    for name in ("a.mkv", "b.mp4", "c.avi"):
        path = write_video(
            tmp_path / name, scenes, movflags="faststart" * ("4" in name)
        )
        whole = path.read_bytes()
        for _ in range(20):
            damaged = bytearray(whole)
            for _ in range(generator.choice((1, 20, 400))):
                damaged[generator.randrange(len(whole))] = generator.randrange(256)
            path.write_bytes(damaged)
            with contextlib.suppress(PhotoError):
                assert 1 <= len(read_video(path).frames) <= 10
                read += 1
    assert 20 < read <= 60


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

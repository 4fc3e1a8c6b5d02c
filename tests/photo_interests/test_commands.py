import contextlib
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

import photo_interests
from tests.photo_interests.drawn import busy, encoded

ROOT = Path(photo_interests.__file__).parent.parent
ENVIRONMENT = {
    **os.environ,
    "COLUMNS": "100",
    "NO_COLOR": "1",
    "PYTHONPATH": str(ROOT),
}
COMMAND = [sys.executable, "-m", "photo_interests"]


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("command") / "photos"
    folder.mkdir()
    for index in range(5):
        path = folder / f"{index}.jpg"
        path.write_bytes(encoded(busy(120, 90, seed=index), "JPEG"))
    return folder


def _run(*arguments, **options):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        env=ENVIRONMENT,
        **options,
    )


@pytest.fixture
def predict(tiny_bundle):
    def run(*arguments, **options):
        bundle = ("--bundle", tiny_bundle)
        return _run("predict", *arguments, *bundle, "--threshold", 0, **options)

    return run


def test_table_on_stdout_and_nothing_else(predict, photos):
    done = predict(photos)
    assert done.returncode == 0, done.stderr
    assert "Animals" in done.stdout and "Dogs" in done.stdout
    assert "5 photos read by example 1.0.0" in done.stdout
    assert done.stderr == ""


def test_skipped_file_is_named_and_in_the_status(predict, photos, tmp_path):
    (tmp_path / "half.jpg").write_bytes((photos / "0.jpg").read_bytes()[:500])
    (tmp_path / "empty.png").touch()
    done = predict(photos, tmp_path)
    assert done.returncode == 1
    assert f"skipped {tmp_path}/empty.png: empty file\n" in done.stderr
    assert re.search(f"skipped {tmp_path}/half.jpg: (broken|cut off): ", done.stderr)
    assert "5 files read, 2 skipped" in done.stderr
    assert "5 photos read" in done.stdout


def test_both_reports(predict, photos, tmp_path):
    done = predict(
        photos, "--html", tmp_path / "a.html", "--json", tmp_path / "a.json",
        "--language", "de", "--top", 1,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    content = json.loads((tmp_path / "a.json").read_text())
    assert len(content["interests"]) == 1
    assert content["interests"][0]["area"]["name"] == "Tiere"
    page = (tmp_path / "a.html").read_text()
    assert '<html lang="de">' in page and page.endswith("</html>\n")
    assert page.count("data:image/webp;base64,") == 5
    assert sorted(os.listdir(tmp_path)) == ["a.html", "a.json"]


def test_json_on_stdout_is_alone(predict, photos):
    done = predict(photos, "--json", "-")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["photos"]) == 5


def test_a_video_in_all_outputs(predict, photos, tmp_path):
    pytest.importorskip("av")
    from tests.photo_interests.videos.drawn_videos import write_video

    scenes = [(busy(120, 90, seed=seed), 2) for seed in (7, 8)]
    video = write_video(tmp_path / "clip.mp4", scenes)
    (tmp_path / "broken.mov").write_bytes(b"broken")
    page = tmp_path / "page.html"
    done = predict(photos, video, "--html", page, "--language", "de")
    assert done.returncode == 0 and done.stderr == ""
    assert "5 Fotos und 1 Video, gelesen von example 1.0.0" in done.stdout
    text = page.read_text()
    assert "5 Fotos und 1 Video, 2 Interessen" in text
    assert "Ein Video zählt als ein Foto" in text
    shown = re.findall(
        r'class="photo p\d+ video"[^>]*aria-label="clip.mp4 0:0[02]"', text
    )
    assert len(shown) >= 1
    done = predict(photos, tmp_path, "--json", "-")
    assert done.returncode == 1
    assert f"skipped {tmp_path}/broken.mov: broken video" in done.stderr
    assert "6 files read, 2 skipped" in done.stderr  # the page is no photo
    content = json.loads(done.stdout)
    assert content["photos"].count(str(video)) == 1 and len(content["photos"]) == 6
    for interest in content["interests"]:
        videos = [one for one in interest["photos"] if "second" in one]
        assert [one["path"] for one in videos] == [str(video)]


def test_progress_is_for_terminals(tiny_bundle, photos):
    done = subprocess.run(
        [*COMMAND, "predict", photos, "--bundle", tiny_bundle],
        capture_output=True,
        text=True,
        env={**ENVIRONMENT, "FORCE_COLOR": "1"},
    )
    assert "Reading photos" in done.stderr and "5/5" in done.stderr
    assert "Reading photos" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["empty"], "Error: no photos: there is no file in empty"),
        (["absent"], "Error: no such file or folder: absent"),
        (["notes"], "skipped notes/a.txt: not a photo"),
        (["notes"], "Error: no photos: none of 1 files could be read"),
        (["notes", "--json", "empty"], "expected a file to write, received a folder"),
        (
            ["notes", "--html", "absent/a.html"],
            "a.html: cannot be written: No ",
        ),
        (["notes", "--threshold", "2"], "--threshold"),
        (["notes", "--processes", "0"], "--processes"),
        (["notes", "--language", "fr"], "--language"),
    ],
)
def test_no_answer(tmp_path, tiny_bundle, arguments, message):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("hello")
    done = _run("predict", *arguments, "--bundle", tiny_bundle, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert message in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr, done.stderr


def test_broken_bundle_is_said(photos, tmp_path):
    (tmp_path / "card.json").write_text('{"format": 1}')
    done = _run("predict", photos, "--bundle", tmp_path)
    assert done.returncode == 2
    assert "missing key features" in done.stderr


def test_help_teaches():
    done = _run("predict", "--help")
    assert done.returncode == 0
    assert "photo-interests predict ~/Pictures --html interests.html" in done.stdout
    assert "Exit status" in done.stdout
    text = [line.strip() for line in done.stdout.partition("╭")[0].splitlines()]
    # Lines of a paragraph flow: none ends early in the middle of a sentence.
    broken = [
        line
        for line, following in zip(text, text[1:], strict=False)
        if following and line and len(f"{line} {following.split()[0]}") < 70
    ]
    assert broken == []
    assert _run("--version").stdout.startswith("photo-interests ")


def test_tensorflow_is_never_imported(tiny_bundle, photos):
    code = (
        "import sys\n"
        "if __name__ == '__main__':\n"
        "    from photo_interests.__main__ import main\n"
        "    try:\n"
        "        main()\n"
        "    finally:\n"
        "        heavy = {'tensorflow', 'keras', 'pandas', 'sklearn', 'scipy'}\n"
        "        print('HEAVY', sorted(heavy & set(sys.modules)))\n"
        "        reader = 'photo_interests.photos.photo_reader'\n"
        "        print('READER', reader in sys.modules)\n"
    )
    arguments = ["predict", str(photos), "--bundle", str(tiny_bundle)]
    html = ["--html", str(photos.parent / "page.html")]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments, *html],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
    )
    assert "HEAVY []" in done.stdout, done.stdout + done.stderr
    # The workers run what this process imported too.
    assert "READER True" in done.stdout


def _processor_seconds(*arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert _run(*arguments).returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_starts_at_once():
    # Processor time: a busy machine stretches the clock, but hardly this.
    assert min(_processor_seconds("predict", "--help") for _ in range(3)) < 1


def _descendants(process):
    """Process ids of children, their children and so on, from /proc."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            parents[int(status.parent.name)] = int(fields[1])
    found, new = set(), {process}
    while new:
        found |= new
        new = {child for child, parent in parents.items() if parent in new} - found
    return found - {process}


@pytest.fixture
def running(tiny_bundle, tmp_path):
    """A prediction over so many photos that it is still reading when stopped."""
    folder = tmp_path / "many"
    folder.mkdir()
    image = Image.new("L", (6000, 5000), 90)
    image.paste(120, (0, 0, 3000, 5000))
    content = encoded(image, "PNG")  # small, and slow enough to decode
    for index in range(400):
        (folder / f"{index}.png").write_bytes(content)
    (tmp_path / "old.html").write_text("old")
    process = subprocess.Popen(
        [*COMMAND, "predict", str(folder), "--bundle", str(tiny_bundle),
         "--html", "old.html", "--json", "new.json", "--processes", "2"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=_heed_interrupts,
    )  # fmt: skip
    # The server the workers are forked from, the tracker, and two workers.
    _wait_until(lambda: len(_descendants(process.pid)) >= 4)
    assert process.poll() is None
    yield process
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # and what a broken end left behind
    process.communicate()


def _heed_interrupts():
    """Of tests in the background, where Ctrl-C is ignored, a child ignores it too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _wait_until(condition):
    until = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def _is_gone(process):
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


def test_kill_leaves_nothing_behind(running, tmp_path):
    started = _descendants(running.pid)
    running.send_signal(signal.SIGKILL)
    running.wait()
    _wait_until(lambda: all(map(_is_gone, started)))
    assert sorted(os.listdir(tmp_path)) == ["many", "old.html"]
    assert (tmp_path / "old.html").read_text() == "old"


def test_interrupt_ends_cleanly(running, tmp_path):
    started = _descendants(running.pid)
    assert running.poll() is None, "all photos were read before it was stopped"
    os.killpg(running.pid, signal.SIGINT)
    _, errors = running.communicate(timeout=120)
    assert running.returncode == 130
    assert errors.decode().splitlines() == ["Stopped."]
    _wait_until(lambda: all(map(_is_gone, started)))
    assert sorted(os.listdir(tmp_path)) == ["many", "old.html"]

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pandas as pd
import pytest
from failing_server import FailingServer, failing_server
from PIL import Image

from training.experiments.amazon.fetch import (
    Fetcher,
    FetchPolicy,
    RateLimit,
    retry_after_seconds,
)
from training.experiments.amazon.ledger import LEDGER, Outcome, opened_ledger
from training.experiments.amazon.pictures import download, outcomes, take_local

QUICK = FetchPolicy(
    requests_per_second=1000,
    attempts=3,
    first_wait_seconds=0.01,
    longest_wait_seconds=2.0,
    maximum_bytes=100_000,
)
IMPATIENT = replace(QUICK, timeout_seconds=0.3, whole_seconds=0.5)


@pytest.fixture(scope="module")
def server() -> Iterator[FailingServer]:
    with failing_server() as running:
        yield running


def _get(server: FailingServer, what: str, folder: Path) -> tuple[Outcome, int]:
    """The outcome of one address and how often the server was asked for it."""
    path = f"/{what}/{folder.name}.jpg"
    url = server.address + path
    policy = IMPATIENT if what in ("dripping", "hanging") else QUICK
    download([url], folder, Fetcher(policy, "test"))
    return outcomes([url], folder)[0], server.asked[path]


def states(urls: Iterable[str], folder: Path) -> Counter[str]:
    return Counter(one.state for one in outcomes(urls, folder))


@pytest.mark.parametrize(
    ("what", "asked"), [("0", 1), ("error-twice", 3), ("half-once", 2)]
)
def test_a_picture_is_stored_whole_in_spite_of_failures(
    server: FailingServer, tmp_path: Path, what: str, asked: int
) -> None:
    outcome, times = _get(server, what, tmp_path)
    assert (outcome.state, outcome.attempts, times) == ("stored", asked, asked)
    content = (tmp_path / outcome.file).read_bytes()
    assert hashlib.sha256(content).hexdigest() == outcome.sha256
    assert len(content) == outcome.bytes
    with Image.open(tmp_path / outcome.file) as image:
        image.load()
        assert image.size == (outcome.width, outcome.height) == (96, 96)


@pytest.mark.parametrize(
    ("what", "state", "reason", "asked"),
    [
        ("gone", "missing", "HTTP 404", 1),
        ("page", "missing", "Content-Type text/html", 1),
        ("page-called-picture", "failed", "no picture", 1),
        ("huge", "missing", "larger than 100,000 bytes", 1),
        ("huge-untold", "missing", "larger than 100,000 bytes", 1),
        ("dot", "missing", "placeholder of 1 x 1", 1),
        ("circle", "missing", "TooManyRedirects", 4),
        ("always-error", "failed", "HTTP 503", 3),
        ("wrong-length", "failed", "IncompleteRead", 3),
        ("dripping", "failed", "not done within 0.5", 3),
        ("hanging", "failed", "timed out", 3),
        ("busy-for-days", "failed", "HTTP 429", 1),
    ],
)
def test_what_fails_says_why_and_leaves_no_file(
    server: FailingServer,
    tmp_path: Path,
    what: str,
    state: str,
    reason: str,
    asked: int,
) -> None:
    outcome, times = _get(server, what, tmp_path)
    assert (outcome.state, times) == (state, asked), outcome
    assert reason in outcome.reason
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [LEDGER]


def test_nothing_is_asked_before_the_server_wants_it(
    server: FailingServer, tmp_path: Path
) -> None:
    started = time.monotonic()
    outcome, asked = _get(server, "busy-once", tmp_path)
    assert (outcome.state, asked) == ("stored", 2)
    assert time.monotonic() - started >= 1.0


def test_a_server_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    with failing_server() as server:
        url = f"{server.address}/0/a.jpg"
    download([url], tmp_path, Fetcher(QUICK, "test"))
    (outcome,) = outcomes([url], tmp_path)
    assert outcome.state == "failed" and "Connection" in outcome.reason


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://", "shop/1.jpg", ""])
def test_what_is_no_web_address_is_missing(tmp_path: Path, url: str) -> None:
    download([url], tmp_path, Fetcher(QUICK, "test"))
    assert outcomes([url], tmp_path)[0].state == "missing"


def test_a_name_comes_from_the_address_and_stays_in_the_folder(
    server: FailingServer, tmp_path: Path
) -> None:
    folder = tmp_path / "pictures"
    url = f"{server.address}/0/..%2f..%2f{'x' * 300};rm.jpg?a=../../b"
    download([url], folder, Fetcher(QUICK, "test"))
    (outcome,) = outcomes([url], folder)
    assert outcome.state == "stored"
    assert (folder / outcome.file).resolve().is_relative_to(folder.resolve())
    assert [p.name for p in tmp_path.iterdir()] == ["pictures"]


def test_only_what_is_not_known_is_asked_again(
    server: FailingServer, tmp_path: Path
) -> None:
    names = {"0/again", "gone/again", "always-error/again", "1/broken"}
    urls = {name: f"{server.address}/{name}.jpg" for name in names}
    fetcher = Fetcher(replace(QUICK, attempts=1), "test")
    download(urls.values(), tmp_path, fetcher)
    broken = tmp_path / outcomes([urls["1/broken"]], tmp_path)[0].file
    broken.write_bytes(broken.read_bytes()[:10])  # as a full disk may leave it
    download(urls.values(), tmp_path, fetcher)
    assert states(urls.values(), tmp_path) == {"stored": 2, "missing": 1, "failed": 1}
    asked = {name: server.asked[f"/{name}.jpg"] for name in names}
    assert asked == {
        "0/again": 1, "gone/again": 1, "always-error/again": 2, "1/broken": 2,
    }  # fmt: skip
    assert outcomes(["http://never"], tmp_path)[0].reason == "never requested"


def test_a_killed_run_keeps_what_it_had(
    server: FailingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [f"{server.address}/2/killed-{i}.jpg" for i in range(12)]
    written = []

    def die_after_five(self: object, outcome: Outcome) -> None:
        if len(written) == 5:
            raise KeyboardInterrupt
        written.append(outcome.url)
        real(self, outcome)

    with opened_ledger(tmp_path) as ledger:
        real = type(ledger).write
    with monkeypatch.context() as patch:
        patch.setattr("training.experiments.amazon.ledger.Ledger.write", die_after_five)
        with pytest.raises(KeyboardInterrupt):
            download(urls, tmp_path, Fetcher(QUICK, "test"))
    download(urls, tmp_path, Fetcher(QUICK, "test"))
    assert states(urls, tmp_path)["stored"] == 12
    for url in written:
        assert server.asked[url.removeprefix(server.address)] == 1


def test_no_more_connections_than_allowed(
    server: FailingServer, tmp_path: Path
) -> None:
    server.busiest = 0
    urls = [f"{server.address}/slow/{i}.jpg" for i in range(12)]
    download(urls, tmp_path, Fetcher(replace(QUICK, connections=3), "test"))
    assert states(urls, tmp_path)["stored"] == 12
    assert 2 <= server.busiest <= 3


def test_no_more_requests_a_second_than_allowed(
    server: FailingServer, tmp_path: Path
) -> None:
    first = len(server.times)
    urls = [f"{server.address}/0/rate-{i}.jpg" for i in range(8)]
    download(urls, tmp_path, Fetcher(replace(QUICK, requests_per_second=20), "test"))
    times = server.times[first:]
    assert times[-1] - times[0] >= 0.9 * 7 / 20


def test_a_rate_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        RateLimit(0)


def test_a_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    (tmp_path / LEDGER).write_text("my notes, which are longer than a header is" * 50)
    with pytest.raises(ValueError, match=LEDGER):
        download([], tmp_path, Fetcher(QUICK, "test"))


def test_retry_after_comes_as_seconds_or_as_a_date() -> None:
    assert retry_after_seconds("120") == 120
    later = datetime.now(UTC) + timedelta(seconds=60)
    seconds = retry_after_seconds(format_datetime(later, usegmt=True))
    assert seconds == pytest.approx(60, abs=2)
    assert retry_after_seconds("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert retry_after_seconds("soon") is retry_after_seconds(None) is None


def test_local_pictures_take_the_place_of_downloads(
    server: FailingServer, tmp_path: Path
) -> None:
    local = tmp_path / "local"
    local.mkdir()
    Image.new("RGB", (64, 48), "red").save(local / "B1.png")
    (local / "B2.jpg").write_bytes(b"no picture")
    urls = [f"{server.address}/0/local-{item}.jpg" for item in ("B1", "B2", "B3")]
    items = pd.DataFrame({"item": ["B1", "B2", "B3"], "url": urls})
    take_local(items, local, tmp_path / "stored")
    first, second, third = outcomes(urls, tmp_path / "stored")
    assert (first.state, first.width, first.height) == ("stored", 64, 48)
    assert "no picture" in second.reason and "never requested" in third.reason
    download(urls, tmp_path / "stored", Fetcher(QUICK, "test"))
    assert states(urls, tmp_path / "stored") == {"stored": 3}
    assert [server.asked[f"/0/local-{item}.jpg"] for item in ("B1", "B2")] == [0, 1]
    with pytest.raises(FileNotFoundError, match="lost"):
        take_local(items, tmp_path / "lost", tmp_path / "stored")

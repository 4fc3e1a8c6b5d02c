"""Downloads the pictures of items once, remembers what failed, and resumes.

A picture is stored under the hash of its address, whatever the address contains; a
killed run leaves whole pictures only, and the next one requests only the others.
"""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pandas as pd
from PIL import Image

from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.files import write_atomically
from photo_interests.photos.decode import decode
from photo_interests.photos.photo_error import PhotoError
from training.experiments.amazon.fetch import Fetcher, FinalError, TransientError
from training.experiments.amazon.ledger import (
    FAILED,
    MISSING,
    STORED,
    Ledger,
    Outcome,
    opened_ledger,
)
from training.runs import tracked

SMALLEST_SIDE = 32
"""In pixels; what is smaller is a placeholder."""
IN_FLIGHT_PER_CONNECTION = 2
LOCAL_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")


def download(urls: Iterable[str], folder: Path, fetcher: Fetcher) -> None:
    """Store the pictures of addresses that are not stored yet.

    Addresses found missing before are not requested again; failed ones are.

    Args:
        urls: Addresses; each is requested once.
        folder: Folder of the pictures and their ledger.
        fetcher: Gets them.
    """
    with opened_ledger(folder) as ledger:
        wanted = [url for url in dict.fromkeys(urls) if not _done(ledger, url, folder)]
        fetched = _fetched(wanted, folder, fetcher)
        for outcome in tracked(fetched, "Downloading pictures", len(wanted)):
            ledger.write(outcome)


def take_local(items: pd.DataFrame, source: Path, folder: Path) -> None:
    """Store pictures that lie in a folder as ITEM.jpg, .jpeg, .png or .webp.

    Args:
        items: Columns item and url; the picture takes the place of the one at `url`.
        source: Folder of the pictures, which is left as it is.
        folder: Folder of the stored pictures and their ledger.

    Raises:
        FileNotFoundError: There is no folder `source`.
    """
    if not source.is_dir():
        raise FileNotFoundError(f"no such folder: {source}")
    with opened_ledger(folder) as ledger:
        for item, url in zip(items["item"], items["url"], strict=True):
            files = (source / f"{item}{suffix}" for suffix in LOCAL_SUFFIXES)
            file = next((file for file in files if file.is_file()), None)
            known = ledger.read(url)
            if file and not (known and is_whole(known, folder)):
                ledger.write(_store(url, file.read_bytes(), folder))


def outcomes(urls: Iterable[str], folder: Path) -> list[Outcome]:
    """List what became of addresses, in their order.

    Addresses that were never requested, and those whose picture is no longer in the
    folder, count as failed.
    """
    with opened_ledger(folder) as ledger:
        return [_known(ledger, url, folder) for url in urls]


def is_whole(outcome: Outcome, folder: Path) -> bool:
    """Whether the file of a stored picture is there with its size."""
    path = folder / outcome.file
    return (
        outcome.state == STORED
        and path.is_file()
        and path.stat().st_size == outcome.bytes
    )


def _done(ledger: Ledger, url: str, folder: Path) -> bool:
    known = ledger.read(url)
    return bool(known and (known.state == MISSING or is_whole(known, folder)))


def _known(ledger: Ledger, url: str, folder: Path) -> Outcome:
    known = ledger.read(url) or Outcome(url, FAILED, "never requested")
    if known.state == STORED and not is_whole(known, folder):
        return Outcome(url, FAILED, "no longer in the folder, or not whole")
    return known


def _fetched(urls: list[str], folder: Path, fetcher: Fetcher) -> Iterator[Outcome]:
    pending, connections = iter(urls), fetcher.policy.connections
    in_flight: set[Future[Outcome]] = set()
    pool = ThreadPoolExecutor(connections)
    try:
        while True:
            room = connections * IN_FLIGHT_PER_CONNECTION - len(in_flight)
            for url in islice(pending, room):
                in_flight.add(pool.submit(_fetch, url, folder, fetcher))
            if not in_flight:
                return
            done, in_flight = wait(in_flight, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _fetch(url: str, folder: Path, fetcher: Fetcher) -> Outcome:
    try:
        content, attempts = fetcher(url)
    except FinalError as error:
        return Outcome(url, MISSING, str(error), attempts=1)
    except TransientError as error:
        return Outcome(url, FAILED, str(error), attempts=fetcher.policy.attempts)
    return replace(_store(url, content, folder), attempts=attempts)


def _store(url: str, content: bytes, folder: Path) -> Outcome:
    """Write a picture, and remove it unless the extractor can read it."""
    name = hashlib.sha256(url.encode()).hexdigest()
    path = folder / name[:2] / name
    path.parent.mkdir(exist_ok=True)
    write_atomically(path, content)
    try:
        decode(path, INPUT_RULE)
        with Image.open(path) as image:
            width, height = image.size
    except (PhotoError, OSError) as error:
        path.unlink()
        reason = error.reason if isinstance(error, PhotoError) else str(error)
        return Outcome(url, FAILED, f"no picture: {reason}")
    if min(width, height) < SMALLEST_SIDE:
        path.unlink()
        return Outcome(url, MISSING, f"a placeholder of {width} x {height} pixels")
    return Outcome(
        url,
        STORED,
        file=f"{name[:2]}/{name}",
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        width=width,
        height=height,
    )

"""Downloads the pictures of items once, remembers what failed, goes on where it ended.

A picture is stored under the hash of its address, whatever stands in the address; a
killed run leaves whole pictures only, and the next one asks only for the others.
"""

import hashlib
import logging
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import islice
from pathlib import Path

from PIL import Image

from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.files import write_atomically
from photo_interests.photos.decode import decode
from photo_interests.photos.photo_error import PhotoError
from training.experiments.amazon.fetch import Fetcher, FinalError, PassingError
from training.experiments.amazon.ledger import (
    FAILED,
    MISSING,
    STORED,
    Ledger,
    Outcome,
    opened_ledger,
)

logger = logging.getLogger(__name__)
SMALLEST_SIDE = 32
"""In pixels; what is smaller is a placeholder."""
SECONDS_BETWEEN_REPORTS = 10.0
IN_FLIGHT_PER_CONNECTION = 2


def download(urls: Iterable[str], folder: Path, fetcher: Fetcher) -> Counter[str]:
    """Store the pictures of addresses that are not stored yet.

    Addresses found missing before are not asked again; failed ones are.

    Args:
        urls: Addresses; each is asked once.
        folder: Of the pictures and their ledger.
        fetcher: Gets them.

    Returns:
        How many are in each state of `ledger.STATES` now.
    """
    states: Counter[str] = Counter()
    with opened_ledger(folder) as ledger:
        wanted = []
        for url in dict.fromkeys(urls):
            known = ledger.read(url)
            if known and (known.state == MISSING or is_whole(known, folder)):
                states[known.state] += 1
            else:
                wanted.append(url)
        logger.info("pictures: %d known, %d to ask for", states.total(), len(wanted))
        started = reported = time.monotonic()
        for done, outcome in enumerate(_fetched(wanted, folder, fetcher), start=1):
            ledger.write(outcome)
            states[outcome.state] += 1
            now = time.monotonic()
            if now - reported > SECONDS_BETWEEN_REPORTS or done == len(wanted):
                reported = now
                left = (now - started) / done * (len(wanted) - done)
                logger.info(
                    "pictures: %d of %d, %s, about %.0f s left",
                    done, len(wanted), dict(states), left,
                )  # fmt: skip
    return states


def outcomes(urls: Iterable[str], folder: Path) -> list[Outcome]:
    """Tell what became of addresses, in their order.

    Failed are those never asked, and those whose picture is no longer in the folder.
    """
    with opened_ledger(folder) as ledger:
        return [_known(ledger, url, folder) for url in urls]


def is_whole(outcome: Outcome, folder: Path) -> bool:
    """Tell whether the file of a stored picture is there with its size."""
    path = folder / outcome.file
    return (
        outcome.state == STORED
        and path.is_file()
        and path.stat().st_size == outcome.bytes
    )


def _known(ledger: Ledger, url: str, folder: Path) -> Outcome:
    known = ledger.read(url) or Outcome(url, FAILED, "never asked for")
    if known.state == STORED and not is_whole(known, folder):
        return Outcome(url, FAILED, "no longer in the folder, or not whole")
    return known


def _fetched(urls: list[str], folder: Path, fetcher: Fetcher) -> Iterator[Outcome]:
    pending, connections = iter(urls), fetcher.manners.connections
    in_flight: set[Future[Outcome]] = set()
    pool = ThreadPoolExecutor(connections)
    try:
        while True:
            room = connections * IN_FLIGHT_PER_CONNECTION - len(in_flight)
            for url in islice(pending, room):
                in_flight.add(pool.submit(_store, url, folder, fetcher))
            if not in_flight:
                return
            done, in_flight = wait(in_flight, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _store(url: str, folder: Path, fetcher: Fetcher) -> Outcome:
    """Fetch, check and store one picture."""
    try:
        content, attempts = fetcher(url)
    except FinalError as error:
        return Outcome(url, MISSING, str(error), attempts=1)
    except PassingError as error:
        return Outcome(url, FAILED, str(error), attempts=fetcher.manners.attempts)
    name = hashlib.sha256(url.encode()).hexdigest()
    outcome = Outcome(
        url,
        STORED,
        file=f"{name[:2]}/{name}",
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        attempts=attempts,
    )
    path = folder / outcome.file
    path.parent.mkdir(exist_ok=True)
    write_atomically(path, content)
    return _checked(outcome, path)


def _checked(outcome: Outcome, path: Path) -> Outcome:
    """Look at a stored file as the extractor will; what is no photo goes again."""
    try:
        decode(path, INPUT_RULE)
        with Image.open(path) as image:
            width, height = image.size
    except (PhotoError, OSError) as error:
        os.unlink(path)
        reason = error.reason if isinstance(error, PhotoError) else str(error)
        return Outcome(outcome.url, FAILED, f"no picture: {reason}")
    if min(width, height) < SMALLEST_SIDE:
        os.unlink(path)
        reason = f"a placeholder of {width} x {height} pixels"
        return Outcome(outcome.url, MISSING, reason, attempts=outcome.attempts)
    return replace(outcome, width=width, height=height)

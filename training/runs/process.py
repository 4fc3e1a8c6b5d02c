"""What is recorded of the process that runs: its command and its memory."""

import resource
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path


def peak_memory_bytes() -> int:
    """Largest resident memory so far of this process or of one of its children."""
    children = _reported_peak(resource.RUSAGE_CHILDREN)
    try:
        # Linux reports for a new process the peak of the one that started it, so the
        # kernel's own account of this process comes first.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        (own,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
        return max(1024 * int(own.split()[1]), children)
    except (OSError, ValueError):
        return max(_reported_peak(resource.RUSAGE_SELF), children)


def _reported_peak(who: int) -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * resource.getrusage(who).ru_maxrss


def running_command(arguments: Sequence[str] | None = None) -> str:
    """The command of this process as typed, without any folder of this machine.

    Args:
        arguments: As in `sys.argv`, which they are if None.
    """
    program, *rest = sys.argv if arguments is None else arguments
    path = Path(program)
    if path.name == "__main__.py":
        start = ["python", "-m", _module(path.parent)]
    elif path.suffix == ".py" and (path.parent / "__init__.py").is_file():
        start = ["python", "-m", f"{_module(path.parent)}.{path.stem}"]
    else:
        start = [path.name]
    return shlex.join([*start, *(_without_machine(argument) for argument in rest)])


def _module(folder: Path) -> str:
    """Name of a package by its folder, with the packages that it is in."""
    names = [folder.name]
    while (folder.parent / "__init__.py").is_file():
        folder = folder.parent
        names.insert(0, folder.name)
    return ".".join(names)


def _without_machine(argument: str) -> str:
    option, separator, value = argument.rpartition("=")
    path = Path(value)
    if not path.is_absolute():
        return argument
    inside = path.is_relative_to(Path.cwd())
    shown = path.relative_to(Path.cwd()) if inside else path.name
    return f"{option}{separator}{shown}"

"""Time `predict` of this checkout against that of another one, in turns.

git worktree add ../before 094d999
python -m export.bench.checkouts ../before PHOTOS --out docs/benchmarks
"""

import ctypes
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from export.bench.paired import in_turns, ratio
from training.reports.measurement import measuring

BUNDLE = "models/everyday-178"


def checkouts(
    before: Annotated[Path, typer.Argument(help="The other checkout.")],
    photos: Annotated[Path, typer.Argument(help="Folder of ordinary photos.")],
    out: Annotated[Path, typer.Option(help="Folder of the measurement.")] = Path(
        "docs/benchmarks"
    ),
    turns: Annotated[int, typer.Option(min=1, help="Times each is timed.")] = 7,
) -> None:
    """Compare wall-clock time and processor time of `predict` on the same photos."""
    _adopt_orphans()
    cores: dict[str, list[float]] = {"now": [], "before": []}

    def predict(name: str, checkout: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            result = Path(folder) / "result.json"
            command = ["-m", "photo_interests", "predict", str(photos)]
            command += ["--bundle", str(Path(BUNDLE).resolve()), "--json", str(result)]
            environment = os.environ | {"PYTHONPATH": str(checkout.resolve())}
            before_s = os.times()
            subprocess.run(
                [sys.executable, *command],
                cwd=folder,
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            _wait_for_orphans()
            spent = os.times()
            cores[name].append(
                spent.children_user
                + spent.children_system
                - before_s.children_user
                - before_s.children_system
            )

    works = {
        "now": lambda: predict("now", Path.cwd()),
        "before": lambda: predict("before", before),
    }
    with measuring("predict-before-damaged-files", out) as values:
        wall = in_turns(works, turns, warm_up=1)
        values["photos"] = sum(1 for path in photos.rglob("*") if path.is_file())
        values["wall_clock"] = ratio(wall["now"], wall["before"])
        values["processor"] = ratio(cores["now"][1:], cores["before"][1:])
    for name in ("wall_clock", "processor"):
        typer.echo(f"{name}: {values[name]['value']:.3f}")


def _adopt_orphans() -> None:
    """Have worker processes belong to this one when their parent ends."""
    set_child_subreaper = 36
    if ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0):
        raise OSError("the processor time of worker processes cannot be counted")


def _wait_for_orphans() -> None:
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


if __name__ == "__main__":
    typer.run(checkouts)

"""What a start costs: fresh Python processes, in turns with bare ones."""

import subprocess
import sys
from typing import Any

from export.bench.paired import Work, in_turns, ratio
from export.bench.settings import Settings

TURNS = 5
STARTS = {
    "photo-interests --help": "import sys; sys.argv[1:] = ['--help']; "
    "from photo_interests.__main__ import main; main()",
    "import ai_edge_litert.interpreter": "import ai_edge_litert.interpreter",
    "import photo_interests.predict": "import photo_interests.predict",
    "import tensorflow": "import tensorflow",
}


def measure_starting(settings: Settings) -> dict[str, Any]:
    """Time starts of Python with an import.

    Returns:
        `starts`: ratios to a bare start of Python, by what is imported.
    """
    works: dict[str, Work] = {"bare": _start("pass")}
    works |= {name: _start(code) for name, code in STARTS.items()}
    seconds = in_turns(works, settings.turns(TURNS), warm_up=1)
    bare = seconds.pop("bare")
    return {"starts": {name: ratio(times, bare) for name, times in seconds.items()}}


def _start(code: str) -> Work:
    def start() -> None:
        command = [sys.executable, "-c", code]
        subprocess.run(command, check=True, capture_output=True)

    return start

"""Replaces a folder again and again until it is killed: `swap_forever.py TARGET`."""

import sys
from pathlib import Path

from photo_interests import folder_swap

FILES = 4

if __name__ == "__main__":
    if sys.argv[2:] == ["--two-steps"]:
        folder_swap._exchange = lambda one, two: False
    version = 0
    while True:
        version += 1
        with folder_swap.replacing(Path(sys.argv[1])) as building:
            for number in range(FILES):
                (building / f"{number}.txt").write_text(str(version))
        print(version, flush=True)

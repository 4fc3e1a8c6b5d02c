"""Replaces a folder again and again until it is killed: `replace_forever.py TARGET`."""

import sys
from pathlib import Path

from photo_interests.files import replacing

FILES = 4

if __name__ == "__main__":
    version = 0
    while True:
        version += 1
        with replacing(Path(sys.argv[1])) as building:
            for number in range(FILES):
                (building / f"{number}.txt").write_text(str(version))
        print(version, flush=True)

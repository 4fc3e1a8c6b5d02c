"""Makes the toolchain's modules importable, as its launcher does."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

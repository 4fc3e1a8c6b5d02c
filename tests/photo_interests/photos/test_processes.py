import json
import subprocess
import sys

from photo_interests.photos.decode import FORMATS
from photo_interests.photos.processes import PRELOADED

OPENERS = """
import importlib, json, sys
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
from PIL import Image
print(json.dumps(list(Image.OPEN)))
"""


def test_workers_begin_with_every_decoder_loaded():
    # The server of the workers ignores names that cannot be imported.
    command = [sys.executable, "-c", OPENERS, json.dumps(PRELOADED)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert set(FORMATS) <= set(json.loads(done.stdout))

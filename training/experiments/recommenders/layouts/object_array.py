"""Object arrays of NumPy files, which are pickles, read without running what they say.

Both published layouts keep Python objects in .npy files. `numpy.load` would have to be
allowed to unpickle, and a pickle can call anything. This reader knows arrays, numbers,
text and containers, and refuses the rest.
"""

import pickle
from pathlib import Path
from typing import Any

import numpy as np

HARMLESS = {
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy.core.multiarray", "scalar"),
    ("numpy._core.multiarray", "scalar"),
    ("numpy._core.numeric", "_frombuffer"),
    ("numpy.core.numeric", "_frombuffer"),
    ("collections", "defaultdict"),
    ("collections", "OrderedDict"),
    ("_codecs", "encode"),
    ("builtins", "list"),
    ("__builtin__", "list"),
}


def load_object_array(path: Path) -> np.ndarray:
    """Read an array of Python objects, also one that Python 2 wrote.

    Raises:
        ValueError: No .npy file of objects, or one that asks for anything else than
            arrays, numbers, text and containers.
    """
    with path.open("rb") as file:
        try:
            version = np.lib.format.read_magic(file)
            read = {
                (1, 0): np.lib.format.read_array_header_1_0,
                (2, 0): np.lib.format.read_array_header_2_0,
            }[version]
            shape, _, dtype = read(file)
        except (ValueError, KeyError) as error:
            raise ValueError(
                f"{path}: expected a .npy file, received {error}"
            ) from error
        if not dtype.hasobject:
            raise ValueError(f"{path}: expected an array of objects, received {dtype}")
        # Bytes of Python 2 come as text that keeps each byte.
        content = _Unpickler(file, encoding="latin1").load()
    return np.asarray(content, object).reshape(shape)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in HARMLESS:
            raise ValueError(
                "expected arrays, numbers, text and containers, received a pickle that "
                f"asks for {module}.{name}"
            )
        return super().find_class(module, name)

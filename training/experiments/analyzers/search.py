"""Mean average precision of 100 queries over the everyday photos."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from photo_interests.search.search import PhotoSearch
from photo_interests.search.word_vectors import WordVectors
from training.csv_rows import read_csv_rows
from training.experiments.analyzers.photo_labels import PhotoLabels
from training.metrics.bootstrap import Bootstrap
from training.metrics.interest_metrics import average_precision

QUERIES = Path(__file__).with_name("queries.csv")


def measure(
    labels: PhotoLabels, vectors: WordVectors, nearest: float, object_score: float
) -> dict[str, Any]:
    """Measure search by names alone and with the vectors of words.

    Args:
        labels: What each photo shows.
        vectors: Vectors of words.
        nearest: Least similarity of a word and a label.
        object_score: Least score of an object.
    """
    is_object = np.array([one.source == "objects" for one in labels.labels])
    faint = is_object & (labels.values < object_score)
    values = np.where(faint, 0, labels.values)
    queries = read_csv_rows(QUERIES)
    relevant = np.array(
        [
            [
                bool(set(row["labels"].split(";")) & set(one))
                for one in labels.photos.labels
            ]
            for row in queries
        ]
    )
    result: dict[str, Any] = {
        "queries": len(queries),
        "random": float(relevant.mean()),
    }
    searches = {
        "names": PhotoSearch(labels.labels, None, 1.0),
        "names and vectors": PhotoSearch(labels.labels, vectors, nearest),
    }
    for name, search in searches.items():
        scores = [search.scores(values, row["query"]) for row in queries]
        precisions = average_precision(relevant, np.stack(scores))
        german = np.array([row["language"] == "de" for row in queries])
        result[name] = asdict(Bootstrap(len(precisions)).mean(precisions)) | {
            "english": float(precisions[~german].mean()),
            "german": float(precisions[german].mean()),
        }
    return result

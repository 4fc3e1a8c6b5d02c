"""Options that several commands share."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Runs = Annotated[Path, typer.Option(help="Folder of working files.")]
Data = Annotated[Path, typer.Option(help="Photo sets and pretrained weights.")]
Features = Annotated[Path, typer.Option(help="Feature set with its users.")]
Extractor = Annotated[Path, typer.Option(help="Folder or bundle with an extractor.")]
Spread = Annotated[
    Literal["one", "gpus", "workers"],
    typer.Option(
        "--strategy",
        help="One device, all GPUs of this machine, or the workers of TF_CONFIG: "
        "start the same command on each, with RUNS on a disk they share.",
    ),
]
RUNS = Path("runs")
DATA = Path("../shared/data")
FEATURES = Path("training/features/everyday-178")
AGGREGATORS = ["photo_evidence", "average", "attention_2_gating"]

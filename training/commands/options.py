"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Runs = Annotated[Path, typer.Option(help="Folder of working files.")]
Data = Annotated[Path, typer.Option(help="Photo sets and pretrained weights.")]
Features = Annotated[Path, typer.Option(help="Feature set with its users.")]
Extractor = Annotated[Path, typer.Option(help="Folder or bundle with an extractor.")]
RUNS = Path("runs")
DATA = Path("../shared/data")
FEATURES = Path("training/features/everyday-178")
AGGREGATORS = ["photo_evidence", "average", "attention_2_gating"]

"""Commands that time the product and write what is known of it."""

from typing import Annotated

import typer

from training.commands.options import (
    RUNS,
    Runs,
)

app = typer.Typer()


@app.command()
def card(
    runs: Runs = RUNS,
    config: Annotated[
        str, typer.Option(help="Of the fine-tuning run, or of a faster extractor.")
    ] = ("backbone_two_cores"),
) -> None:
    """Gather what the card says of training: card/training.json, card/metrics.json."""
    from training.reports.card_inputs import write_card_inputs

    results, table = runs / "results", runs / "photos.parquet"
    write_card_inputs(results, table, config, runs / "card")

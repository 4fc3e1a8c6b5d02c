"""Command line: `python -m export`."""

import typer

from export import (
    adapt_command,
    bundle_commands,
    model_commands,
    release_command,
    scenes_command,
)
from export.third_party import command as third_party_command
from training.commands.command_line import run

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="""Turn trained networks into TFLite models and released bundles.

    All steps after training, one by one; `release NAME` does them all:

        python -m export extractor backbone_two_cores

        python -m export bundle everyday-178 --version 1.0.0
            --extractor runs/extractors/backbone_two_cores
            --aggregator runs/aggregators/photo_evidence/aggregator.keras
            --features runs/features/everyday-178
            --training runs/card/training.json --metrics runs/card/metrics.json

        python -m export verify models/everyday-178
    """,
)

_PARTS = (
    model_commands,
    bundle_commands,
    release_command,
    adapt_command,
    third_party_command,
    scenes_command,
)
for _part in _PARTS:
    app.add_typer(_part.app)


if __name__ == "__main__":
    run(app)

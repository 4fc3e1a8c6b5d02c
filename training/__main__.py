"""`python -m training`: from labelled photos to trained, measured networks."""

import typer

from training.commands import aggregator_steps, extractor_steps
from training.commands.command_line import run

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="""Train and measure the networks. Each step reads what the one before wrote.

    photos -> pixels -> backbone -> (export extractor) -> photo-accuracy ->
    features -> users -> aggregators -> compare -> card -> (export bundle)

    `release NAME` does all of it for a released bundle.

    A step that was stopped resumes when the same command is given again. Studies are
    commands of their own: python -m training.experiments.NAME.
    """,
)

for _part in (extractor_steps, aggregator_steps):
    app.add_typer(_part.app)


if __name__ == "__main__":
    run(app)

"""The `photo-interests` command.

Worker processes import the main module again, so nothing heavy is imported here.
"""


def main() -> None:
    """Run the command line."""
    from export import adapt_command  # noqa: F401 (it adds a command)
    from photo_interests.recommend.commands import app
    from training.experiments.amazon import prepare_command  # noqa: F401 (the same)

    app()

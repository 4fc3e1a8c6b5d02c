"""The `photo-interests` command.

Worker processes import the main module again, so nothing heavy is imported here.
"""


def main() -> None:
    """Run the command line."""
    from photo_interests import adapt_command, prepare_command  # noqa: F401 (they add)
    from photo_interests.recommend_commands import app

    app()

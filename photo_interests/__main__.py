"""The `photo-interests` command, also as `python -m photo_interests`.

Worker processes import the main module again, so nothing heavy is imported here.
"""


def main() -> None:
    """Run the command line."""
    from photo_interests.cli import app
    from photo_interests.console import run

    run(app)


if __name__ == "__main__":
    main()

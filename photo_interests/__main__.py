"""`python -m photo_interests` is the `photo-interests` command."""

from photo_interests.cli import main

if __name__ == "__main__":
    main()

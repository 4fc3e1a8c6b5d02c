"""The bundle that the app ships."""

from pathlib import Path

PROPERTIES = Path("android-app/gradle.properties")


def app_bundle(root: Path) -> Path:
    """Return the folder of the bundle that the app's build names.

    Args:
        root: Root of the repository.

    Raises:
        ValueError: The build names none.
    """
    for line in (root / PROPERTIES).read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition("=")
        if key == "bundle":
            return root / "models" / value
    raise ValueError(f"{root / PROPERTIES}: expected a line bundle=NAME, received none")

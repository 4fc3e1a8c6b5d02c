"""The trained classifier of scenes as a committed file."""

from pathlib import Path

import numpy as np

from training.scenes.scene_head import SceneHead

HERE = Path(__file__).parent
HEAD = HERE / "head.npz"
SCENES = HERE / "scenes.csv"
GROUPS = HERE / "groups.csv"


def save_head(head: SceneHead, extractor_sha256: str, path: Path = HEAD) -> None:
    """Write a classifier, in half precision.

    Args:
        head: The classifier.
        extractor_sha256: Hash of the extractor whose features it reads: of its file,
            or of what that computes.
        path: File to write.
    """
    np.savez_compressed(
        path,
        kernel=head.kernel.astype(np.float16),
        bias=head.bias.astype(np.float32),
        extractor=np.array(extractor_sha256),
    )


def load_head(path: Path = HEAD) -> tuple[SceneHead, str]:
    """Read a classifier, and the hash of the extractor whose features it reads."""
    with np.load(path) as archive:
        kernel = archive["kernel"].astype(np.float32)
        return SceneHead(kernel, archive["bias"]), str(archive["extractor"])

"""Which networks are tried, and at which size of photos."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.backbone.config import BackboneConfig, FromRun, Pretrained
from training.backbone.init import EXTRACTOR
from training.configs import config_named

RELEASED = "backbone_two_cores"
SMALLEST = 32


@dataclass(frozen=True)
class Candidate:
    """A network at one size of photos.

    Attributes:
        name: As it was asked for.
        pixels: Height and width of the photos it reads.
        backbone: Its Keras file.
        how: What was done to make it, in words.
        configs: Of the fine-tuning runs it comes from, the first first.
    """

    name: str
    pixels: int
    backbone: Path
    how: str
    configs: tuple[str, ...] = ()


def candidates(words: Sequence[str], runs: Path) -> list[Candidate]:
    """Read what is to be tried.

    Args:
        words: A size such as `160`, for the released network without another training;
            a backbone's config, for its run at its own size; or both: `CONFIG:SIZE`.
        runs: Folder of working files, where the runs lie.

    Raises:
        ValueError: No such config, a size that is none, or a run that is not finished.
    """
    return [_candidate(word, runs) for word in words]


def _candidate(word: str, runs: Path) -> Candidate:
    name, _, size = word.partition(":")
    if name.isdecimal() and not size:
        name, size = RELEASED, name
    config: BackboneConfig = config_named(name, "backbone")
    if not size and config.input_size is None:
        raise ValueError(f"{word}: expected a size, {name}:192 for example")
    pixels = int(size) if size.isdecimal() else config.input_size if not size else 0
    if not pixels or pixels < SMALLEST:
        raise ValueError(
            f"{word}: expected a size of {SMALLEST} pixels or more, received {size!r}"
        )
    backbone = runs / "backbone" / name / EXTRACTOR
    if not backbone.is_file():
        raise ValueError(
            f"{word}: expected {backbone}, which `python -m training backbone "
            f"{name}` writes, received no such file"
        )
    configs = _configs(name)
    how = [_how(config) for config in configs[1:]]
    if configs[0].name == RELEASED:
        how = ["released", *(how or ["not trained again"])]
    else:
        how = [_how(configs[0]), *how]
    return Candidate(
        word, pixels, backbone, ", ".join(how), tuple(one.name for one in configs)
    )


def _configs(name: str) -> list[BackboneConfig]:
    """Give a run's config after those of the runs it starts from."""
    config: BackboneConfig = config_named(name, "backbone")
    before = [one for parent in config.parents for one in _configs(parent)]
    return [*before, config]


def _how(config: BackboneConfig) -> str:
    epochs = sum(stage.epochs for stage in config.stages)
    parts = [f"{epochs} epochs"] if epochs else []
    match config.init:
        case Pretrained(width=width) if width != 1.0:
            parts.insert(0, f"pretrained width {width:g}")
        case FromRun(pruned_width=float(width)):
            parts.insert(0, f"pruned to width {width:g}")
    return ", ".join(parts)

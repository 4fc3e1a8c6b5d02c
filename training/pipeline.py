"""The steps from labelled photos to a trained aggregator, each of them a run.

What a step reads is hashed into its record, so the records lead from an aggregator back
to the photos. TensorFlow is imported by the steps that need it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.photos.attribution import PRETRAINED
from training.runs import Record, Run, writing
from training.workspace import EXTRACTOR_FILE, USERS, Workspace, existing

if TYPE_CHECKING:
    from training.backbone.config import BackboneConfig
    from training.backbone.fit import BackboneRun
    from training.distribution import Distribution
    from training.simulation.config import SimulationConfig


def photos_step(place: Workspace, force: bool = False) -> Record:
    """Label the photos, find near-duplicates, split: photos.parquet and catalogue.

    Args:
        place: Where photos and runs are.
        force: Whether to repeat a finished run.
    """
    from training.photos.attribution import sources_of
    from training.photos.catalogue import AREAS, BACKGROUND, CATEGORIES, HERE
    from training.photos.prepare import prepare_photos

    labels = () if place.own_set else (CATEGORIES, AREAS, BACKGROUND)
    run = Run(
        place.runs,
        "photos",
        kind="photos",
        config={"own_set": place.own_set.name if place.own_set else None},
        inputs={
            "files": _listing(place.photo_folder),
            **{Path(name).stem: HERE / name for name in labels},
        },
        output="photos.parquet",
        force=force,
    )

    def compute(values: dict[str, Any]) -> None:
        table, catalogue = prepare_photos(
            place.photo_folder, own_set=place.own_set is not None
        )
        catalogue.save(run.directory / "catalogue")
        with writing(run.directory / "photos.parquet") as path:
            table.to_parquet(path, index=False)
        counts = table["split"].value_counts()
        values["photos"] = {
            split: int(counts.get(split, 0))
            for split in ("train", "validation", "test")
        }
        values["sources"] = [] if place.own_set else sources_of(table)

    return run.ensure(compute)


def pixels_step(place: Workspace, force: bool = False) -> Record:
    """Decode every photo once to the network's size: pixels.npy.

    Args:
        place: Where photos and runs are.
        force: Whether to repeat a finished run.
    """
    import pandas as pd

    from photo_interests.bundle.input_rule import INPUT_RULE
    from training.photos.pixels import pack_pixels

    photos = existing(place.photos, "python -m training photos")
    run = Run(
        place.runs,
        "pixels",
        kind="pixels",
        config=INPUT_RULE.model_dump(mode="json"),
        inputs={"photos": photos, "files": _listing(place.photo_folder)},
        output="pixels.npy",
        force=force,
    )

    def compute(values: dict[str, Any]) -> None:
        table = pd.read_parquet(photos)
        pack_pixels(place.photo_folder, table, run.directory / "pixels.npy")

    return run.ensure(compute)


def open_backbone(
    place: Workspace,
    config: "BackboneConfig",
    distribution: "Distribution | None" = None,
    force: bool = False,
) -> "BackboneRun":
    """Open the fine-tuning run of a config over the packed photos.

    Args:
        place: Where photos and runs are.
        config: What to train.
        distribution: Devices to train on; one device of this process if None.
        force: Whether to repeat a finished run.
    """
    import pandas as pd

    from training.backbone.fit import BackboneRun
    from training.photos.catalogue import load_catalogue
    from training.photos.pixels import load_pixels

    existing(place.pixels, "python -m training pixels")
    return BackboneRun(
        config,
        load_pixels(place.pixels),
        pd.read_parquet(place.photos),
        load_catalogue(place.catalogue).index,
        place.data,
        place.backbones,
        distribution,
        photos_file=place.photos,
        force=force,
    )


def features_step(
    place: Workspace,
    name: str,
    extractor: Path,
    threads: int,
    force: bool = False,
    pretrained: Mapping[str, str] = PRETRAINED,
) -> Record:
    """Extract the features of all photos with a quantised extractor.

    Args:
        place: Where photos and runs are.
        name: Name of the feature set.
        extractor: Folder or bundle with the extractor.
        threads: Threads of the interpreter.
        force: Whether to repeat a finished run.
        pretrained: Attribution of the weights that the extractor started from.
    """
    from training.features.extract import extract_feature_set
    from training.photos.catalogue import load_catalogue

    file = existing(extractor / EXTRACTOR_FILE, "python -m export extractor")
    existing(place.pixels, "python -m training pixels")
    categories = tuple(load_catalogue(place.catalogue).index)
    run = Run(
        place.features,
        name,
        kind="features",
        config={"categories": categories},
        inputs={"extractor": file, "pixels": place.pixels, "photos": place.photos},
        output="features.npz",
        force=force,
    )

    def compute(values: dict[str, Any]) -> None:
        finished = run.scratch / "set"
        sources = Record.load(place.photos.parent).values["sources"]
        named = [pretrained if one == PRETRAINED else one for one in sources]
        provenance = {"sources": named}
        extract_feature_set(
            place.pixels, place.photos, file, categories, provenance, finished, threads
        )
        for path in sorted(finished.iterdir()):
            path.replace(run.directory / path.name)

    return run.ensure(compute)


def users_step(
    features: Path, simulation: "SimulationConfig | None" = None, force: bool = False
) -> Record:
    """Simulate users over the photos of a feature set, and add its contributors.

    The run lies in the folder of the feature set.

    Args:
        features: Folder of the feature set.
        simulation: What to simulate; the scenario of all published numbers if None.
        force: Whether to repeat a finished run.
    """
    import pandas as pd

    from training.features.feature_set import FeatureSet
    from training.simulation.config import get_config
    from training.simulation.contributors import contributors
    from training.simulation.simulate import simulate
    from training.simulation.statistics import statistics
    from training.simulation.user_sets import UserSets
    from training.steps import MINIMUM_PHOTOS_OF_A_CONTRIBUTOR

    config = simulation or get_config()
    run = Run(
        features,
        USERS,
        kind="users",
        config=config,
        inputs={"photos": features / "photos.parquet"},
        output="users.parquet",
        force=force,
    )

    def compute(values: dict[str, Any]) -> None:
        feature_set = FeatureSet.load(features)
        people = contributors(feature_set, MINIMUM_PHOTOS_OF_A_CONTRIBUTOR)
        tables = [simulate(feature_set, config), people]
        sets = UserSets(pd.concat(tables, ignore_index=True))
        sets.save(run.directory / "users.parquet")
        values["sets"] = {
            scenario: {s: statistics(sets.sets(scenario, s), feature_set) for s in of}
            for scenario, of in sets.scenarios.items()
        }

    return run.ensure(compute)


def _listing(folder: Path) -> bytes:
    """Names, sizes and times of all files: photos are too many to hash each time."""
    if not folder.is_dir():
        raise FileNotFoundError(f"expected a folder of photos, received {folder}")
    lines = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            status = path.stat()
            name = path.relative_to(folder).as_posix()
            lines.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(lines).encode("utf-8", "surrogateescape")

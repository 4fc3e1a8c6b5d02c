"""The library's public functions; import them from `photo_interests` itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from photo_interests.bundle import DEFAULT_BUNDLE
from photo_interests.bundle.card import Card, CardFormat2, load_card
from photo_interests.bundle.location import locate_bundle
from photo_interests.photos import TIME_LIMIT_S
from photo_interests.photos.find import FoundFiles, find_photos
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.photos.processes import default_workers
from photo_interests.predict import NoPhotosError, Prediction, predict_found
from photo_interests.progress import OnPhoto
from photo_interests.reports.formatting import shown_excluded

if TYPE_CHECKING:
    from photo_interests.analysis.analyzers import Analyzers
    from photo_interests.analysis.photo_analyzer import PhotoAnalyzer
    from photo_interests.describe import Descriptions
    from photo_interests.recommendation.ranking import Recommendation

StrPath = str | PathLike[str]


@dataclass(frozen=True)
class Bundle:
    """The models of one release, and the card that describes them.

    Attributes:
        folder: Folder with `card.json` and the TFLite models.
        card: The checked content of `card.json`: interests, thresholds, metrics.
    """

    folder: Path
    card: Card

    def predict(
        self,
        paths: Iterable[StrPath] | StrPath,
        *,
        processes: int | None = None,
        threads: int = 1,
        follow_links: bool = False,
        include_excluded: bool = False,
        on_photo: OnPhoto | None = None,
    ) -> Prediction:
        """Predict a person's interests from all of their photos together.

        A video counts as one photo, by frames at which its picture changes; it needs
        PyAV, of the extra `vision`.

        Photos are decoded in worker processes, so a script that calls this needs the
        usual `if __name__ == "__main__":` guard.

        Args:
            paths: Photos and videos, and folders that are searched at any depth.
            processes: Number of worker processes; if None one per usable CPU core,
                or fewer where memory is short.
            threads: Number of interpreter threads in each worker process.
            follow_links: Whether to search linked folders, each once.
            include_excluded: Whether to read hidden files, and those of storage
                devices, systems, trash and photo libraries, too.
            on_photo: Called after each file with None, or with the error of a file
                that was skipped.

        Returns:
            Probability of each interest, the photos that contributed, and the files
            that were skipped with the reason.

        Raises:
            FileNotFoundError: A given path does not exist.
            NoPhotosError: No photo could be read.
            CardError: The models differ from what the card describes.

        Example:
            >>> prediction = load_bundle().predict("Pictures")
            >>> len(prediction.photos), len(prediction.skipped)
            (2, 0)
            >>> for interest in prediction.interests(top=3):
            ...     line = f"{interest.name}: {interest.probability:.0%}"
        """
        found = list_photos(_listed(paths), follow_links, include_excluded)
        return predict_found(found, self.reader(processes, threads), on_photo)

    def describe(
        self,
        paths: Iterable[StrPath] | StrPath,
        *,
        analyzers: Iterable[str] | None = None,
        group_people: bool = False,
        models: StrPath | None = None,
        processes: int | None = None,
        follow_links: bool = False,
        include_excluded: bool = False,
        on_photo: OnPhoto | None = None,
    ) -> "Descriptions":
        """Find what is on each photo: place, scene, objects, faces, text.

        A video has a row for each frame at which its picture changes.

        Photos are decoded in worker processes, as by `predict`.

        Args:
            paths: Photos and videos, and folders that are searched at any depth.
            analyzers: Names of the analyzers to run; if None all that are installed.
            group_people: Whether to group the faces of the same person. That needs
                biometric data of each face, which is dropped before this returns.
            models: Folder of analyzers; that of the user's cache if None.
            processes: Number of worker processes; if None one per usable CPU core,
                or fewer where memory is short.
            follow_links: Whether to search linked folders, each once.
            include_excluded: Whether to read hidden files, and those of storage
                devices, systems, trash and photo libraries, too.
            on_photo: Called after each file with None, or with the error of a file
                that was skipped.

        Returns:
            A row for each photo, trips, and the files that were skipped.

        Raises:
            FileNotFoundError: A given path does not exist.
            NoPhotosError: No photo could be read.
            ValueError: An analyzer does not exist, or cannot run; says why.
            CardError: A model differs from what its card describes.

        Example:
            >>> found = load_bundle().describe("Pictures", analyzers=["scene"])
            >>> lines = [found.sentence(row) for row in found.rows]
            >>> best = found.search("beach", top=1)
        """
        from photo_interests.analysis.analyzers import choose_analyzers
        from photo_interests.describe import describe_found

        folder = None if models is None else Path(models)
        chosen = choose_analyzers(self.card, analyzers, folder, group_people)
        analyzer = self.analyzer(chosen, processes, has_content=True)
        found = list_photos(_listed(paths), follow_links, include_excluded)
        return describe_found(found, analyzer, on_photo)

    def analyzer(
        self,
        analyzers: "Analyzers",
        processes: int | None = None,
        limit_s: float = TIME_LIMIT_S,
        has_content: bool = False,
    ) -> "PhotoAnalyzer":
        """Describe how photos are analyzed.

        Args:
            analyzers: What runs on each photo.
            processes: Number of worker processes; if None one per usable CPU core,
                or fewer where memory is short.
            limit_s: Time limit for a photo or video in seconds.
            has_content: Whether rows have what the bundle's classifier sees, where it
                can give it.
        """
        from photo_interests.analysis.photo_analyzer import PhotoAnalyzer

        return PhotoAnalyzer(
            self.folder,
            self.card,
            analyzers,
            processes or default_workers(),
            limit_s,
            has_content and isinstance(self.card, CardFormat2),
        )

    def reader(
        self,
        processes: int | None = None,
        threads: int = 1,
        limit_s: float = TIME_LIMIT_S,
    ) -> PhotoReader:
        """Describe how photos are read.

        Args:
            processes: Number of worker processes; if None one per usable CPU core,
                or fewer where memory is short.
            threads: Number of interpreter threads in each worker process.
            limit_s: Time limit for a photo or video in seconds.
        """
        workers = processes or default_workers()
        return PhotoReader(self.folder, self.card, workers, threads, limit_s)


def load_bundle(name_or_path: StrPath = DEFAULT_BUNDLE) -> Bundle:
    """Load a bundle of models and check its files against its card.

    Args:
        name_or_path: Name of a released bundle, or the folder of any bundle.

    Raises:
        FileNotFoundError: There is no bundle of this name and no such folder.
        CardError: The card is malformed, or a file differs from its checksum.

    Example:
        >>> bundle = load_bundle("everyday")
        >>> len(bundle.card.interests), len(bundle.card.kinds)
        (117, 1213)
    """
    folder = locate_bundle(name_or_path)
    return Bundle(folder, load_card(folder))


def _listed(paths: Iterable[StrPath] | StrPath) -> list[Path]:
    given = [paths] if isinstance(paths, str | PathLike) else paths
    return [Path(path) for path in given]


def recommend(
    prediction: Prediction, catalogue: StrPath, *, top: int = 20
) -> list["Recommendation"]:
    """Rank the products of a catalogue for the person who took the photos.

    Args:
        prediction: What `Bundle.predict` returned for the person's photos.
        catalogue: A `.catalogue` file, a folder of product pictures, or a `.parquet`
            table. A folder or table is turned into a catalogue in the user's cache
            folder, and refreshed when its products change.
        top: Maximum number of products.

    Returns:
        Products with the best match first, each with the interest and the photo that
        explain it.

    Raises:
        FileNotFoundError: There is no such catalogue, folder or table.
        ValueError: The catalogue is damaged, empty, or of another bundle.

    Example:
        >>> prediction = load_bundle().predict("Pictures")
        >>> for product in recommend(prediction, "shop", top=5):
        ...     line = f"{product.item.title} because of {product.photo.name}"
        >>> line
        'teapot because of beach.jpg'
    """
    from photo_interests.recommendation.ranking import rank_products
    from photo_interests.recommendation.shop import open_catalogue

    reader = Bundle(prediction.bundle, prediction.card).reader()
    file, _ = open_catalogue(Path(catalogue), reader)
    return rank_products(prediction, file, top)


def list_photos(
    paths: Sequence[Path], follow_links: bool = False, include_excluded: bool = False
) -> FoundFiles:
    """List the files to read.

    Args:
        paths: Files and folders.
        follow_links: Whether to search linked folders.
        include_excluded: Whether to read hidden files and those of systems, too.

    Raises:
        NoPhotosError: There is none.
        FileNotFoundError: A given path does not exist.
    """
    found = find_photos(paths, follow_links, include_excluded)
    if not found.files:
        named = ", ".join(map(str, paths))
        excluded = shown_excluded(found.excluded)
        raise NoPhotosError(
            f"no photos: there is no file in {named}{excluded and f'; {excluded}'}",
            found.skipped,
        )
    return found

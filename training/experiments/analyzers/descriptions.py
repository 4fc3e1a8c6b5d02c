"""What the composed sentences mention rightly and wrongly, against labels of photos.

Flickr8k's five captions of a photo are at hand as the tags of the everyday set.
"""

from typing import Any

from training.experiments.analyzers.detections import EverydayPhoto

TAGS = {"person": {"people", "portrait"}, "dog": {"dog"}}
SOURCE = "flickr8k"


def measure(
    photos: list[EverydayPhoto], thresholds: dict[str, float]
) -> dict[str, Any]:
    """Count mentions of people and animals on photos with captions.

    Args:
        photos: Photos with their detections.
        thresholds: Least score of objects and of faces.

    Returns:
        For people and dogs: how many sentences mention it, how many of these
        are right by the tags, and how many tagged photos are mentioned.
    """
    chosen = [photo for photo in photos if photo.source == SOURCE]
    results: dict[str, Any] = {"photos": len(chosen)}
    for name, tags in TAGS.items():
        mentioned = [_mentions(photo, name, thresholds) for photo in chosen]
        tagged = [bool(photo.labels & tags) for photo in chosen]
        both = sum(m and t for m, t in zip(mentioned, tagged, strict=True))
        results[name] = {
            "mentioned": sum(mentioned),
            "tagged": sum(tagged),
            "right": both / max(1, sum(mentioned)),
            "found": both / max(1, sum(tagged)),
        }
    return results


def _mentions(photo: EverydayPhoto, name: str, thresholds: dict[str, float]) -> bool:
    found = any(
        label == name and score >= thresholds["objects"]
        for label, score in photo.objects
    )
    face = any(score >= thresholds["faces"] for score, _ in photo.faces)
    return found or (name == "person" and face)

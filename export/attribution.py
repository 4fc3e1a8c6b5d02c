"""The readable side of a card: what a bundle is and whose photos it was trained on."""

from collections.abc import Sequence

from photo_interests.bundle.card import Card, CardFormat2

NAME = "ATTRIBUTION.md"


def attribution(card: Card) -> str:
    """Text of the bundle's `ATTRIBUTION.md`; the same card gives the same text."""
    parts = [
        f"# {card.name} {card.version}",
        "Written by `python -m export bundle` from `card.json`; do not edit.",
        card.training.summary,
        f"Licence of this bundle: {card.license}. {len(card.interests)} interests in "
        f"{len(card.areas)} areas, aggregator `{card.aggregator.kind}`.",
        *_interests(card),
        "## Photos it learnt from",
        _photos(card),
        _sources(card),
        "## How it was made",
        f"Configuration `{card.training.config}`:",
        "\n".join(["```", *card.training.commands, "```"]),
        "## Metrics",
        _metrics(card),
        "## Files",
        _files(card),
    ]
    return "\n\n".join(parts) + "\n"


def _interests(card: Card) -> list[str]:
    """Say what cards of format 2 have beside interests; nothing for format 1."""
    if not isinstance(card, CardFormat2):
        return []
    sensitive = [i.names["en"] for i in card.interests if i.shown == "on_request"]
    never = [i.names["en"] for i in card.interests if i.shown == "never"]
    lines = [
        f"{len(card.kinds):,} kinds of things on photos are evidence of the interests. "
        "Codes are those of the IAB Content Taxonomy 3.1 (IAB Tech Lab, CC BY 3.0) "
        "and of Wikidata (CC0).",
        f"Sensitive interests, shown on request alone: {', '.join(sensitive)}.",
    ]
    return lines + (
        [f"Evidence alone, never shown: {', '.join(never)}."] if never else []
    )


def _photos(card: Card) -> str:
    photos = card.training.photos
    return (
        f"{photos.train} for training, {photos.validation} for validation, "
        f"{photos.test} for tests. None of them is part of this bundle; the images "
        "in `golden/` are drawn by code."
    )


def _sources(card: Card) -> str:
    rows = [(s.name, s.license, s.attribution) for s in card.training.sources]
    return _table(("source", "licence", "attribution"), rows)


def _metrics(card: Card) -> str:
    rows = [(name, f"{value:.6g}") for name, value in sorted(card.metrics.items())]
    return _table(("metric", "value"), rows) if rows else "None recorded."


def _files(card: Card) -> str:
    rows = [
        (name, f"runs on TensorFlow Lite {version} and newer")
        for name, version in sorted(card.minimum_runtime.items())
    ]
    return _table(("file", "needs"), rows)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

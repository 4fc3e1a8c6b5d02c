from training.experiments.results.sections.app import (
    mutations,
    parity,
    scan,
    strongest_photos,
)
from training.reports.measurement import Measurement


def _measured(name: str, values: dict) -> Measurement:
    return Measurement(name, "command", 1.0, 1, 2, values)


def test_parity_tells_every_distance_and_what_was_not_decoded() -> None:
    values = {
        "bound": 0.005, "distances": {"a.jpg": 0.001}, "mean": 0.001,
        "maximum": 0.001, "not_read": ["b.heic"],
    }  # fmt: skip
    text = parity(_measured("app-parity", values))
    assert "| a.jpg | 0.001000 |" in text
    assert "Not decoded there, so not compared: b.heic." in text


def test_scan_tells_what_was_measured() -> None:
    values = {"measured": {"photos": 9.0, "inference, ms a photo": 3.25}}
    assert "| inference, ms a photo | 3.25 |" in scan(_measured("app-scan", values))


def test_suggestions_tell_what_few_photos_miss() -> None:
    values = {
        "gallery": 4096, "galleries": 12, "products": 2053, "top": 20,
        "strongest": {"500": {"same": 0.7, "first": 0.25}},
    }  # fmt: skip
    text = strongest_photos(_measured("app-strongest-photos", values))
    assert "| 500 | 0.700 | 0.250 |" in text
    assert "12 simulated galleries of 4,096 validation photos" in text


def test_mutations_tell_what_became_of_each() -> None:
    values = {"measured": {"mutated photos": 10_000.0, "refused as BROKEN": 4321.0}}
    text = mutations(_measured("app-mutations", values))
    assert "| mutated photos | 10,000 |" in text
    assert "| refused as BROKEN | 4,321 |" in text

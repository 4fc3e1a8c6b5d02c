"""The Android app: what is in its package, and how it fares with a large gallery."""

from training.reports.goals import WHOLE_PACKAGE
from training.reports.measurement import Measurement
from training.reports.sections.section import Section
from training.reports.table import Table


def package(measurement: Measurement) -> str:
    """What a user downloads for one kind of processor."""
    measured = measurement.values["measured"]
    parts = {what: bytes_ for what, bytes_ in measured.items() if what != WHOLE_PACKAGE}
    rows = [[what.removesuffix(", bytes"), f"{n:,.0f}"] for what, n in parts.items()]
    rows.append(["whole package", f"{measured[WHOLE_PACKAGE]:,.0f}"])
    return (
        "Built for one ABI, shrunk by R8, signed, without TFLite's GPU library. The "
        "command fails unless signatures of schemes 2 and 3 verify, native code is of "
        "that ABI alone and on page boundaries, models are stored uncompressed, and R8 "
        "kept what is found by name.\n\n"
        + Table("Package", ["part", "bytes"], rows).markdown()
    )


def gallery(measurement: Measurement) -> str:
    """Times of everything but reading photos, on the JVM."""
    measured = dict(measurement.values["measured"])
    photos = measured.pop("photos")
    rows = [[what, f"{value:,.1f}"] for what, value in measured.items()]
    return (
        f"A gallery of {photos:,.0f} photos that were read before, by the app's own "
        "code with a real database and the real aggregator under Robolectric, so on "
        "this computer and not on a phone. A start of the app shows the profile that "
        "was shown last, and then makes sure of it.\n\n"
        + Table("Large gallery", ["what", "measured"], rows).markdown()
    )


SECTIONS = (
    Section("App: package", "app-package", package),
    Section("App: large gallery", "app-gallery", gallery),
)

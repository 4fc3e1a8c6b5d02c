"""The Android app: its package, its agreement with Python, and its speed."""

from training.experiments.results.goals import WHOLE_PACKAGE
from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
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
        "that ABI alone, native code and models are stored uncompressed on page "
        "boundaries, its own manifest asks for no network, and R8 kept what is found "
        "by name.\n\n" + Table("Package", ["part", "bytes"], rows).markdown()
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
        "was shown last, and then makes sure of it. The heap is what was in use, with "
        "what garbage it held, less that of the idle app without garbage.\n\n"
        + Table("Large gallery", ["what", "measured"], rows).markdown()
    )


def parity(measurement: Measurement) -> str:
    """Each photo's cosine distance, and what could not be decoded."""
    values = measurement.values
    rows = [[name, f"{far:.6f}"] for name, far in values["distances"].items()]
    not_read = ", ".join(values["not_read"])
    return (
        "The whole path of the app, from a drawn photo's file to features, runs on a "
        "JVM with the real TensorFlow Lite, and with Skia for Linux under Robolectric; "
        f"no phone's decoder took part. {len(rows)} photos were compared: "
        f"{values['mean']:.6f} on average, {values['maximum']:.6f} at most, "
        f"{values['bound']:g} allowed.\n\n"
        + (f"Not decoded there, so not compared: {not_read}.\n\n" if not_read else "")
        + Table("Features against Python's", ["photo", "distance"], rows).markdown()
    )


def scan(measurement: Measurement) -> str:
    """Time of each part of a scan, and memory."""
    rows = [[k, f"{v:,.4g}"] for k, v in measurement.values["measured"].items()]
    return (
        "Drawn photos are scanned by the app's own code with the real extractor and a "
        "database in a file, under Robolectric: a computer's time and not a phone's. "
        "Drawn photos are smooth, and so easier to decode than taken ones. "
        "The second scan follows a change of the gallery, so that all photos are "
        "listed again. The heap is what was in use, with what garbage it held.\n\n"
        + Table("Scan", ["what", "measured"], rows).markdown()
    )


def clean_build(measurement: Measurement) -> str:
    """How long a newcomer waits for the first build."""
    minutes = measurement.values["measured"]["minutes"]
    return (
        "`make app` (style, lint, API check, debug and release builds, all tests that "
        "need no phone) in a fresh clone with every cache empty, Gradle's, Maven's and "
        f"Robolectric's too: {minutes:.1f} minutes, downloads included.\n"
    )


def strongest_photos(measurement: Measurement) -> str:
    """What a ranking of products by few photos misses."""
    values = measurement.values
    rows = [
        [photos, f"{found['same']:.3f}", f"{found['first']:.3f}"]
        for photos, found in values["strongest"].items()
    ]
    return (
        f"Products are ranked for {values['galleries']} simulated galleries of "
        f"{values['gallery']:,} validation photos, by all photos and by those alone "
        f"that say most about interests. The {values['products']:,} products are test "
        f"photos. Told are the part of the {values['top']} best products that is the "
        "same, and how often the very first one is. The app takes up to 4,096 photos; "
        "larger galleries were not measured.\n\n"
        + Table(
            "Suggestions by the strongest photos", ["photos", "same", "first"], rows
        ).markdown()
    )


def kills(measurement: Measurement) -> str:
    """What scans survived, and what they read again."""
    measured = measurement.values["measured"]
    rows = [[what, f"{value:,.0f}"] for what, value in measured.items()]
    return (
        "The app's own worker scans into a database file, with its own code but for "
        "decoding and the extractor, and is killed: within a process at a random "
        "statement of the database, file or photo, where the next scan opens the files "
        "as they lay there at that moment; and as a process of its own by SIGKILL, "
        "where WorkManager alone begins the next one. The command fails unless no "
        "photo is lost, none is read again but the one that was in work, every process "
        "tells a state, and the profile after all kills and changes is within 1e-5 of "
        "that of a fresh scan.\n\n"
        + Table("Kills", ["what", "number"], rows).markdown()
    )


def mutations(measurement: Measurement) -> str:
    """What became of broken files."""
    rows = [[k, f"{v:,.0f}"] for k, v in measurement.values["measured"].items()]
    return (
        "Drawn JPEG (with and without EXIF), PNG and WebP files with one to three "
        "faults each (cut off, bits turned, noise, parts left out or repeated, spliced "
        "into another kind, another size claimed) go through the app's decoder, with "
        "Skia for Linux under Robolectric and not a phone's. The command fails where "
        "one crashes, or is neither read nor refused by name.\n\n"
        + Table("Broken files", ["what", "measured"], rows).markdown()
    )


SECTIONS = (
    Section("App: clean build", "app-clean-build", clean_build),
    Section("App: package", "app-package", package),
    Section("App: agreement with Python", "app-parity", parity),
    Section("App: scan", "app-scan", scan),
    Section("App: large gallery", "app-gallery", gallery),
    Section("App: suggestions", "app-strongest-photos", strongest_photos),
    Section("App: killed scans", "app-kills", kills),
    Section("App: broken files", "app-mutations", mutations),
)

"""Re-checks everything about a bundle that a machine can check, and never skips.

Nothing here needs TensorFlow: the bundle is held to its card on the runtime that
predict uses.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from export import file_checks, golden_checks, model_checks
from export.bundle_reader import BundleReader
from export.lineage import check_lineage
from photo_interests.bundle.card import CardError, load_card

Check = Callable[[BundleReader], str]
CHECKS: dict[str, Check] = {
    "no unlisted files": file_checks.check_listing,
    "card is written as ours": file_checks.check_card_text,
    "labels": file_checks.check_labels,
    "attribution": file_checks.check_attribution,
    "embedded metadata": model_checks.check_metadata,
    "lineage": check_lineage,
    "packed labels": model_checks.check_attachments,
    "operators": model_checks.check_operators,
    "minimum runtime": model_checks.check_runtimes,
    "sizes": model_checks.check_sizes,
    "extractor tensors": model_checks.check_extractor_tensors,
    "aggregator tensors": model_checks.check_aggregator_tensors,
    "kinds and interests": model_checks.check_roll_up,
    "golden pixels": golden_checks.check_pixels,
    "golden features": golden_checks.check_features,
    "float features": golden_checks.check_float_features,
    "golden answer": golden_checks.check_answer,
    "answer by parts": golden_checks.check_parts,
    "int8 answer": golden_checks.check_quantised_answer,
    "1 to 4096 photos": golden_checks.check_any_number,
    "order of photos": golden_checks.check_any_order,
}
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """Outcome of one check.

    Attributes:
        name: what was checked.
        passed: whether it holds.
        detail: what was found, or expected and received.
    """

    name: str
    passed: bool
    detail: str


def verify(bundle: Path) -> list[Result]:
    """Check a bundle against its card.

    Every check is in the result: one that cannot run has failed.

    Args:
        bundle: folder of the bundle.
    """
    results = [_run("card and hashes", lambda: _check_card(bundle))]
    try:
        card = load_card(bundle, verify=False)
    except CardError:
        lost = "cannot be checked without a card"
        return results + [Result(name, False, lost) for name in CHECKS]
    reader = BundleReader(bundle, card)
    for name, check in CHECKS.items():
        results.append(_run(name, partial(check, reader)))
    return results


def failures(results: list[Result]) -> list[Result]:
    """The checks that do not hold."""
    return [result for result in results if not result.passed]


def _check_card(bundle: Path) -> str:
    card = load_card(bundle, verify=True)
    return f"{card.name} {card.version}, {len(card.files)} files"


def _run(name: str, check: Callable[[], str]) -> Result:
    try:
        return Result(name, True, check())
    except Exception as error:
        # A damaged file makes parsers raise nearly anything; all of it is a failure.
        logger.debug("%s failed", name, exc_info=True)
        return Result(name, False, f"{type(error).__name__}: {error}")

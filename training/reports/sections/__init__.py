"""The sections of docs/RESULTS.md in their order, each from one measurement."""

from training.reports.sections import (
    adapter,
    aggregators,
    app,
    extractor,
    family,
    future,
    product,
    rankers,
    robustness,
    sources,
    users,
    vocabulary,
)

SECTIONS = (
    *users.SECTIONS,
    *extractor.SECTIONS,
    *aggregators.SECTIONS,
    *future.SECTIONS,
    *rankers.SECTIONS,
    *robustness.SECTIONS,
    *adapter.SECTIONS,
    *vocabulary.SECTIONS,
    *sources.SECTIONS,
    *family.SECTIONS,
    *product.SECTIONS,
    *app.SECTIONS,
)

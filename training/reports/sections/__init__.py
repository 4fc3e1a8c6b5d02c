"""The sections of docs/RESULTS.md in their order, each from one measurement."""

from training.reports.sections import (
    aggregators,
    app,
    extractor,
    future,
    product,
    rankers,
    users,
)

SECTIONS = (
    *users.SECTIONS,
    *extractor.SECTIONS,
    *aggregators.SECTIONS,
    *future.SECTIONS,
    *rankers.SECTIONS,
    *product.SECTIONS,
    *app.SECTIONS,
)

"""The sections of docs/RESULTS.md in their order, each from one measurement."""

from training.reports.sections import (
    adapter,
    aggregators,
    app,
    evidence_study,
    extractor,
    family,
    future,
    product,
    rankers,
    robustness,
    sources,
    sweep,
    sweep_sources,
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
    *sweep.SECTIONS,
    *sweep_sources.SECTIONS,
    *evidence_study.SECTIONS,
    *family.SECTIONS,
    *product.SECTIONS,
    *app.SECTIONS,
)

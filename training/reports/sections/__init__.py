"""The sections of docs/RESULTS.md in their order, each from one measurement."""

from training.reports.sections import (
    adapter,
    aggregators,
    app,
    evidence_study,
    extractor,
    family,
    fast_extractor,
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
    *fast_extractor.SECTIONS,
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

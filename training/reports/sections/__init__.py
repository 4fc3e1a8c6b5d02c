"""The sections of docs/RESULTS.md in their order, each from one measurement."""

from training.reports.sections import aggregators, app, extractor, product, users

SECTIONS = (
    *users.SECTIONS,
    *extractor.SECTIONS,
    *aggregators.SECTIONS,
    *product.SECTIONS,
    *app.SECTIONS,
)

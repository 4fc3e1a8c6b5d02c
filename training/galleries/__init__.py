"""Galleries of real everyday photos: drawn, labelled, measured and fitted on."""

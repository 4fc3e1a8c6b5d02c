"""How good is photo evidence with the supervision that the published networks have?

Classifier and scalars are trained end to end on users' sets alone: no label of a photo
is read. Independent implementations reached .959 and .962 of MAP on the same users.
Command: `python -m training aggregators set_labels_photo_evidence`;
all of them: `python -m training.experiments.aggregator_family tuned`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.photo_evidence import PhotoEvidence
from training.experiments.aggregator_family.recipe import instance_recipe


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return instance_recipe("set_labels_photo_evidence", PhotoEvidence, {}, quick)

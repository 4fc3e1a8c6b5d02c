"""Models of a bundle whose answers a test gives."""

import numpy as np

from photo_interests.analysis.rows import Content
from photo_interests.bundle.input_rule import INPUT_RULE


class StoredModels:
    """Gives the features and kinds that it was given."""

    input = INPUT_RULE

    def __init__(self, features=None, kinds=None):
        self.features = np.empty(0, np.uint8) if features is None else features
        self.kinds = kinds or {}

    def extract(self, image):
        return self.features

    def classify(self, features):
        return Content(self.kinds, {})

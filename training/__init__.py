"""Trains and measures the models: photos, pixels, features, interests."""

from photo_interests.interrupts import end_quietly_while_importing

end_quietly_while_importing()

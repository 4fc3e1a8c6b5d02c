"""TFLite models, verified and written as a bundle."""

from photo_interests.interrupts import end_quietly_while_importing

end_quietly_while_importing()

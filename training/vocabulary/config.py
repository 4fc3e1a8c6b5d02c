"""The config of the distilled classifier."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StudentConfig:
    """How the student is trained on the final, quantised features.

    Attributes:
        copies: Augmented views of each training photo, beside the whole photo.
        epochs: Passes over the views, at most; training ends when agreement on
            validation photos stops rising. With 0 the student stays as initialised.
        learning_rates: Adam's initial learning rate of one student each; rates fall
            along a cosine. The result is the mean of these students, whose errors
            differ.
        temperature: Divides the logits of both.
        batch_size: Views in a step.
        seed: Seed of shuffling and views.
    """

    copies: int = 4
    epochs: int = 12
    learning_rates: tuple[float, ...] = (1e-4, 3e-4, 1e-3)
    temperature: float = 2.0
    batch_size: int = 256
    seed: int = 1

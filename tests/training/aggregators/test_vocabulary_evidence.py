import keras
import numpy as np
import pytest
from scipy.special import softmax

from training.aggregators.photo_evidence import PhotoEvidence
from training.aggregators.vocabulary_evidence import VocabularyEvidence

DIMENSION, LABELLED, DISTILLED, STUDENT_CLASSES = 16, 3, 4, 9
MERGED = (2,)


@pytest.fixture
def joint() -> VocabularyEvidence:
    return drawn(
        VocabularyEvidence(
            DIMENSION,
            LABELLED + DISTILLED,
            0.02,
            labelled=LABELLED,
            student_classes=STUDENT_CLASSES,
            merged=MERGED,
        )
    )


def drawn(evidence: PhotoEvidence) -> PhotoEvidence:
    random = np.random.default_rng(1)
    evidence.build((None, None, DIMENSION))
    evidence.adapt(random.integers(0, 255, (50, DIMENSION), np.uint8))
    for layer in (evidence.classifier, getattr(evidence, "student", None)):
        if layer is not None:
            shapes = [w.shape for w in layer.weights]
            layer.set_weights([random.normal(0, 1, shape) for shape in shapes])
    return evidence


@pytest.fixture
def photos() -> np.ndarray:
    return np.random.default_rng(2).integers(0, 255, (5, DIMENSION), np.uint8)


def test_none_is_divided_as_the_student_says(joint, photos):
    predicted = joint.explain(photos)["photo_probabilities"]

    own = softmax(joint.classifier(joint.inputs(photos)).numpy(), axis=1)
    student = softmax(joint.student(joint.standardise(photos)).numpy(), axis=1)
    student[:, 2] += student[:, 4]  # class 4 belongs to distilled category 2 as well
    np.testing.assert_allclose(predicted[:, :LABELLED], own[:, :-1], rtol=1e-4)
    expected = own[:, -1:] * student[:, :DISTILLED]
    np.testing.assert_allclose(predicted[:, LABELLED:], expected, rtol=1e-4)


def test_a_student_of_some_features_says_the_same_whatever_the_others(photos):
    read = 6
    joint = drawn(
        VocabularyEvidence(
            DIMENSION, 7, 0.02, labelled=3, student_classes=5, student_features=read
        )
    )
    again = VocabularyEvidence.from_config(joint.get_config())
    again.build((None, None, DIMENSION))

    predicted = joint.explain(photos)["photo_probabilities"]

    assert again.student.kernel.shape == (read, 5)
    own = softmax(joint.classifier(joint.inputs(photos)).numpy(), axis=1)
    first = joint.standardise(photos).numpy()[:, :read]
    student = softmax(joint.student(first).numpy(), axis=1)
    np.testing.assert_allclose(
        predicted[:, 3:], own[:, -1:] * student[:, :4], rtol=1e-4
    )


def test_labelled_categories_are_predicted_as_without_the_student(joint, photos):
    alone = PhotoEvidence(DIMENSION, LABELLED, 0.02)
    alone.build((None, None, DIMENSION))
    alone.standardise.set_weights(joint.standardise.get_weights())
    alone.standardise.normalization.finalize_state()
    alone.classifier.set_weights(joint.classifier.get_weights())

    ours, theirs = joint.explain(photos), alone.explain(photos)

    for name in ("probabilities", "contributions", "photo_probabilities"):
        np.testing.assert_allclose(
            ours[name][..., :LABELLED], theirs[name], rtol=1e-4, atol=1e-6
        )


def test_months_merge_to_the_answer_of_all_photos(joint, photos):
    spec = joint.state_spec()
    state = np.full(spec.shape, spec.initial, np.float32)
    for part in (photos[:2], photos[2:]):
        state = joint.update(part, state)["state"]

    together = joint.explain(photos)["probabilities"]

    np.testing.assert_allclose(
        joint.finish(state)["probabilities"], together, rtol=1e-4
    )


def test_every_category_has_its_own_pooling(joint, photos):
    before = joint.explain(photos)["probabilities"]
    joint.offset.assign([0.0] * LABELLED + [3.0] * DISTILLED)

    after = joint.explain(photos)["probabilities"]

    np.testing.assert_array_equal(after[:LABELLED], before[:LABELLED])
    assert (after[LABELLED:] > before[LABELLED:]).all()


def test_it_is_saved_and_read_back(joint, photos, tmp_path):
    keras.saving.save_model(joint, tmp_path / "aggregator.keras")

    again = keras.saving.load_model(tmp_path / "aggregator.keras")

    np.testing.assert_allclose(
        again.explain(photos)["probabilities"],
        joint.explain(photos)["probabilities"],
        rtol=1e-5,
    )


def test_too_few_teacher_classes_are_refused():
    with pytest.raises(ValueError, match="student class for"):
        VocabularyEvidence(DIMENSION, 9, 0.02, labelled=3, student_classes=5)

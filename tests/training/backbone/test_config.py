from dataclasses import replace

import pytest

from training.backbone.config import (
    DistillationLoss,
    DualBranch,
    FeatureDistillationLoss,
    FromRun,
    LabelLoss,
    MeanOfRuns,
    Pretrained,
)


def test_a_hidden_layer_without_units_is_refused():
    with pytest.raises(
        ValueError, match=r"hidden_units: expected at least 1 or None, received 0"
    ):
        LabelLoss(hidden_units=0)


def test_an_unknown_objective_is_refused():
    with pytest.raises(ValueError, match="expected 'softmax' or 'sigmoid', .*'hinge'"):
        LabelLoss("hinge")  # type: ignore[arg-type]


def test_a_positive_weight_belongs_to_sigmoid():
    with pytest.raises(ValueError, match="expected 1 with the objective softmax"):
        LabelLoss("softmax", positive_weight=36.0)


@pytest.mark.parametrize(
    "losses",
    [
        (),
        (DistillationLoss(1.0, 2.0),),
        (DistillationLoss(1.0, 2.0), LabelLoss()),
        (LabelLoss(), LabelLoss("sigmoid")),
    ],
)
def test_losses_without_one_of_labels_first_are_refused(small_config, losses):
    with pytest.raises(ValueError, match="small: losses: expected a LabelLoss first"):
        replace(small_config, losses=losses)


def test_a_precision_that_no_stage_can_train_in_is_refused(small_config):
    expected = "small: precision: expected 'mixed_bfloat16' or None, received 'float16'"
    with pytest.raises(ValueError, match=expected):
        replace(small_config, precision="float16")


@pytest.mark.parametrize(
    "init", [DualBranch("run", 13, 448), DualBranch("run", 8, 1024)]
)
def test_a_dual_branch_without_one_of_its_branches_is_refused(small_config, init):
    with pytest.raises(ValueError, match="small: init: expected 1 to 12 shared"):
        replace(small_config, init=init)


def test_a_stage_that_tunes_shared_blocks_is_refused(small_config):
    expected = r"small: stages: expected each to freeze the 17 shared .*\(.*=16, "
    stages = (replace(small_config.stages[0], frozen_convolutions=16),)
    with pytest.raises(ValueError, match=expected):
        replace(small_config, init=DualBranch("run", 8, 448), stages=stages)


def test_a_share_above_one_is_refused(small_config):
    with pytest.raises(ValueError, match="init: expected a share of 0 to 1, .*1.5"):
        replace(small_config, init=MeanOfRuns("run", 1.5))


@pytest.mark.parametrize(
    ("init", "parents", "widths"),
    [
        (Pretrained(0.75), (), (0.75,)),
        (FromRun("a"), ("a",), ()),
        (DualBranch("a", 8, 512), ("a",), (1.0,)),
        (MeanOfRuns("a", 0.5), ("a",), (1.0,)),
        (MeanOfRuns("a", 0.5, other="b"), ("a", "b"), ()),
    ],
)
def test_an_init_names_the_runs_and_weights_it_reads(
    small_config, init, parents, widths
):
    config = replace(small_config, init=init, stages=())

    assert config.parents == parents
    assert config.pretrained_widths == widths


def test_losses_are_found_by_their_kind(small_config):
    features = FeatureDistillationLoss("everyday-178", 1.0)
    config = replace(small_config, losses=(LabelLoss(), features))

    assert config.feature_distillation is features
    assert config.distillation is None

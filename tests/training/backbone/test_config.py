from dataclasses import replace

import pytest

from training.backbone.config import Branches


def test_a_head_without_units_is_refused(small_config):
    told = "small: head_units: expected at least 1 or None, received 0"
    with pytest.raises(ValueError, match=told):
        replace(small_config, head_units=0)


def test_a_precision_that_no_stage_can_train_in_is_refused(small_config):
    told = "small: precision: expected 'mixed_bfloat16' or None, received 'float16'"
    with pytest.raises(ValueError, match=told):
        replace(small_config, precision="float16")


@pytest.mark.parametrize("branches", [Branches(13, 448), Branches(8, 1024)])
def test_branches_that_keep_or_tune_nothing_are_refused(small_config, branches):
    with pytest.raises(ValueError, match="small: branches: expected 1 to 12 shared"):
        replace(small_config, branches=branches)


def test_branches_of_a_narrow_network_are_refused(small_config):
    with pytest.raises(ValueError, match="expected branches or a width"):
        replace(small_config, branches=Branches(8, 448), width=0.5)


def test_a_stage_that_tunes_shared_blocks_is_refused(small_config):
    told = r"small: branches: expected every stage to freeze the 17 shared .*\(.*=16, "
    stages = (replace(small_config.stages[0], frozen_convolutions=16),)
    with pytest.raises(ValueError, match=told):
        replace(small_config, branches=Branches(8, 448), stages=stages)

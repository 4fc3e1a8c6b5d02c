from dataclasses import replace

import pytest


def test_a_head_without_units_is_refused(small_config):
    told = "small: head_units: expected at least 1 or None, received 0"
    with pytest.raises(ValueError, match=told):
        replace(small_config, head_units=0)


def test_a_precision_that_no_stage_can_train_in_is_refused(small_config):
    told = "small: precision: expected 'mixed_bfloat16' or None, received 'float16'"
    with pytest.raises(ValueError, match=told):
        replace(small_config, precision="float16")

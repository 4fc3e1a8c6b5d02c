from dataclasses import replace

import pytest


def test_a_head_without_units_is_refused(small_config):
    told = "small: head_units: expected at least 1 or None, received 0"
    with pytest.raises(ValueError, match=told):
        replace(small_config, head_units=0)

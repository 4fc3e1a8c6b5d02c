import numpy as np
import pytest

pytest.importorskip("tensorflow")

from export.third_party.ncnn import HALF_BITS, round_mantissa  # noqa: E402

HALVES = np.array([0, 1, -1.5, 0.1, -3e-4, 65504, 6.1e-5], np.float16)
VALUES = HALVES.astype(np.float32)


def test_half_floats_have_ten_bits():
    assert round_mantissa(VALUES, HALF_BITS).tolist() == VALUES.tolist()


@pytest.mark.parametrize("bits", [3, 5, 7])
def test_rounding_errs_by_half_a_step_at_most(bits):
    rounded = round_mantissa(VALUES, bits)
    assert np.all(np.abs(rounded - VALUES) <= np.abs(VALUES) / 2 ** (bits + 1))
    assert np.any(rounded != VALUES)
    assert round_mantissa(rounded, bits).tolist() == rounded.tolist()

"""Trains as one of the workers of TF_CONFIG, or on two devices; run by tests.

    python distributed_run.py one|devices|workers aggregator|backbone FILE DIRECTORY

FILE has the pickled arguments of `fit` or of `BackboneRun` without the directory.
"""

import pickle
import sys
from pathlib import Path

import tensorflow as tf

from training.aggregators.fit import fit
from training.backbone.fit import BackboneRun
from training.distribution import Distribution, Strategy


def opened(kind: str) -> Distribution:
    if kind != "devices":
        return Distribution(Strategy(kind))
    (cpu,) = tf.config.list_physical_devices("CPU")
    halves = [tf.config.LogicalDeviceConfiguration()] * 2
    tf.config.set_logical_device_configuration(cpu, halves)
    return Distribution(tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"]))


if __name__ == "__main__":
    kind, what, file, directory = sys.argv[1:]
    distribution = opened(kind)
    arguments = pickle.loads(Path(file).read_bytes())
    if what == "aggregator":
        fit(*arguments, Path(directory), distribution=distribution)
    else:
        BackboneRun(*arguments, Path(directory), distribution).fit()

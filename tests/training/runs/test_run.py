import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from training.runs import RECORD, Record, Run, lineage, records, writing


@dataclass(frozen=True)
class Config:
    rate: float = 0.1
    start: str | None = None


def run_of(root: Path, config: Config, read: Path, **more: Any) -> Run:
    return Run(
        root,
        "small",
        kind="network",
        config=config,
        inputs={"photos": read},
        output="weights.npy",
        **more,
    )


def computed(run: Run, content: bytes = b"weights") -> tuple[Record, list[str]]:
    calls = []

    def compute(values: dict[str, Any]) -> None:
        calls.append(run.name)
        (run.directory / "weights.npy").write_bytes(content)
        values["accuracy"] = 0.123456789

    return run.ensure(compute), calls


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    path = tmp_path / "photos.bin"
    path.write_bytes(b"pixels")
    return path


def test_a_finished_run_is_reused_only_with_the_same_config_and_inputs(
    tmp_path: Path, photos: Path
) -> None:
    root = tmp_path / "runs"
    first, calls = computed(run_of(root, Config(), photos))
    assert calls == ["small"]
    assert computed(run_of(root, Config(), photos)) == (first, [])
    _, calls = computed(run_of(root, Config(rate=0.2), photos))
    assert calls == ["small"]
    photos.write_bytes(b"other pixels")
    _, calls = computed(run_of(root, Config(), photos))
    assert calls == ["small"]
    assert len(list(root.glob("small-*"))) == 3
    assert len(records(root)) == 3  # of the same weights, and each is listed


def test_of_runs_with_the_same_output_lineage_follows_the_latest(
    tmp_path: Path, photos: Path
) -> None:
    for rate in (0.1, 0.2, 0.1):
        last, _ = computed(run_of(tmp_path / "networks", Config(rate=rate), photos))
        features = Run(
            tmp_path, "features", kind="features", config={"after": rate},
            inputs={"network": last.sha256}, output=None,
        ).ensure(lambda values: None)  # fmt: skip
        network, _ = lineage(features, tmp_path)
        assert network.config == {"rate": rate}


def test_a_run_that_another_process_finishes_meanwhile_is_reused(
    tmp_path: Path, photos: Path
) -> None:
    class Overtaken(Run):
        """Another process finishes the run just after this one has looked."""

        is_first_look = True

        @property
        def finished(self) -> bool:
            found = super().finished
            if self.is_first_look:
                self.is_first_look = False
                computed(run_of(tmp_path, Config(), photos))
            return found

    run = Overtaken(
        tmp_path, "small", kind="network", config=Config(),
        inputs={"photos": photos}, output="weights.npy",
    )  # fmt: skip
    _, calls = computed(run)
    assert not calls
    assert not run.scratch.exists()


def test_nothing_finished_is_deleted_and_the_link_follows_the_last_asked_for(
    tmp_path: Path, photos: Path
) -> None:
    slow, fast = Config(rate=0.1), Config(rate=0.9)
    first = run_of(tmp_path, slow, photos)
    computed(first, b"slow")
    computed(run_of(tmp_path, fast, photos), b"fast")
    assert (tmp_path / "small" / "weights.npy").read_bytes() == b"fast"
    assert (first.directory / "weights.npy").read_bytes() == b"slow"
    _, calls = computed(run_of(tmp_path, slow, photos))
    assert not calls
    assert (tmp_path / "small" / "weights.npy").read_bytes() == b"slow"
    _, calls = computed(run_of(tmp_path, slow, photos, force=True))
    assert calls


def test_a_killed_run_resumes_from_its_scratch(tmp_path: Path, photos: Path) -> None:
    run = run_of(tmp_path, Config(), photos)

    def killed(values: dict[str, Any]) -> None:
        (run.scratch / "epoch-1").write_text("state")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run.ensure(killed)
    again = run_of(tmp_path, Config(), photos)
    assert not again.finished

    def resumed(values: dict[str, Any]) -> None:
        values["resumed"] = (again.scratch / "epoch-1").read_text()
        (again.directory / "weights.npy").write_bytes(b"weights")

    assert again.ensure(resumed).values == {"resumed": "state"}
    assert not again.scratch.exists()


def test_a_value_that_is_no_number_does_not_cost_what_was_computed(
    tmp_path: Path, photos: Path
) -> None:
    run = run_of(tmp_path, Config(), photos)

    def compute(values: dict[str, Any]) -> None:
        (run.scratch / "epoch-1").write_text("state")
        (run.directory / "weights.npy").write_bytes(b"weights")
        values["accuracy"] = float("nan")

    with pytest.raises(ValueError, match="JSON compliant"):
        run.ensure(compute)
    assert not run.finished
    assert (run.scratch / "epoch-1").read_text() == "state"


def test_a_record_names_everything_that_made_it(tmp_path: Path, photos: Path) -> None:
    run = run_of(tmp_path, Config(), photos)
    record, _ = computed(run)
    content = json.loads((run.directory / RECORD).read_text())
    assert content["kind"] == "network"
    assert content["config"] == {"rate": 0.1}
    assert set(content["inputs"]) == {"photos"}
    assert content["values"] == {"accuracy": 0.123457}
    assert Record.load(run.directory) == record
    assert record.peak_memory_bytes > 0 and record.cores > 0


def test_an_output_that_was_changed_since_is_refused(
    tmp_path: Path, photos: Path
) -> None:
    run = run_of(tmp_path, Config(), photos)
    computed(run)
    (run.directory / "weights.npy").write_bytes(b"of something else")
    with pytest.raises(
        ValueError, match="expected the output with sha256 .* delete this folder"
    ):
        computed(run_of(tmp_path, Config(), photos))


def test_a_missing_output_and_a_foreign_folder_are_named(
    tmp_path: Path, photos: Path
) -> None:
    run = run_of(tmp_path, Config(), photos)
    with pytest.raises(ValueError, match=r"expected weights\.npy, received none"):
        run.ensure(lambda values: None)
    (tmp_path / "small").mkdir()
    with pytest.raises(ValueError, match="small: expected a link to the latest run"):
        computed(run)


def test_lineage_lists_each_run_after_the_ones_it_came_from(tmp_path: Path) -> None:
    def step(name: str, **inputs: str) -> Record:
        run = Run(tmp_path, name, kind=name, config={}, inputs=inputs, output=None)
        return run.ensure(lambda values: values.update(of=name))

    photos = step("photos")
    network = step("network", photos=photos.sha256)
    other = step("other", photos=photos.sha256)
    features = step("features", photos=photos.sha256, network=network.sha256)
    found = [one.kind for one in lineage(features, tmp_path)]
    assert found == ["photos", "network", "features"]
    assert other in records(tmp_path)


def test_arrays_and_tables_count_by_their_content(tmp_path: Path) -> None:
    def place(array: np.ndarray, table: pd.DataFrame) -> Path:
        return Run(
            tmp_path, "a", kind="a", config={}, output=None,
            inputs={"array": array, "table": table},
        ).directory  # fmt: skip

    array, table = np.zeros((2, 3), np.uint8), pd.DataFrame({"a": [1, 2]})
    same = place(array, table)
    assert place(array.copy(), table.copy()) == same
    assert place(array.reshape(3, 2), table) != same
    assert place(array, table.rename(columns={"a": "b"})) != same
    assert place(array, table + 1) != same


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), writing(path) as temporary:
        assert temporary.name == path.name
        temporary.write_bytes(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"old"
    with writing(path) as temporary:
        temporary.write_bytes(b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["weights.npz"]
    assert path.read_bytes() == b"new"


def test_two_processes_never_compute_the_same_run(tmp_path: Path, photos: Path) -> None:
    run = run_of(tmp_path, Config(), photos)

    def compute(values: dict[str, Any]) -> None:
        with pytest.raises(BlockingIOError, match="another process computes this run"):
            computed(run_of(tmp_path, Config(), photos))
        (run.directory / "weights.npy").write_bytes(b"weights")

    run.ensure(compute)

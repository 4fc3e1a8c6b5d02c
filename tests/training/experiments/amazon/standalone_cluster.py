"""A real Spark standalone cluster on loopback, of the classes that pyspark ships."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pyspark

HOST = "127.0.0.1"


class StandaloneCluster:
    """One master and some workers of one core each.

    Args:
        workers: How many.
        directory: For their logs and work.
        python_path: Where the workers' Python finds the package.
        python: Their Python.
    """

    def __init__(
        self, workers: int, directory: Path, python_path: Path, python: str
    ) -> None:
        self.directory = directory
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(python_path),
            "PYSPARK_PYTHON": python,
            "SPARK_LOCAL_IP": HOST,
            "SPARK_LOG_DIR": str(directory),
            "SPARK_DAEMON_MEMORY": "512m",
        }
        port, self.page = free_port(), f"http://{HOST}:{free_port()}"
        self.url = f"spark://{HOST}:{port}"
        page_port = self.page.rpartition(":")[2]
        self.processes: list[subprocess.Popen] = []
        try:
            self._start("master.Master", "--port", str(port), "--webui-port", page_port)
            for number in range(workers):
                work = str(directory / f"work-{number}")
                self._start(
                    "worker.Worker", "--cores", "1", "--memory", "1g",
                    "--port", str(free_port()), "--webui-port", str(free_port()),
                    "--work-dir", work, self.url,
                )  # fmt: skip
            self._wait_for(workers)
        except BaseException:
            self.stop()
            raise

    def kill_worker(self, number: int) -> None:
        """Kills a worker and its executors at once, as a machine that fails."""
        os.killpg(self.processes[1 + number].pid, signal.SIGKILL)
        self.processes[1 + number].wait()

    def stop(self) -> None:
        """Ends all processes that this cluster started."""
        for process in reversed(self.processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _start(self, name: str, *arguments: str) -> None:
        home = Path(pyspark.__file__).parent
        command = [home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}"]
        log = (self.directory / f"{len(self.processes)}.log").open("wb")
        with log:
            self.processes.append(
                subprocess.Popen(
                    [*command, "--host", HOST, *arguments],
                    env=self.environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # its executors die with it
                )
            )

    def _wait_for(self, workers: int) -> None:
        deadline = time.monotonic() + 180
        while self.alive() < workers:
            assert time.monotonic() < deadline, f"no cluster: see {self.directory}"
            assert all(process.poll() is None for process in self.processes)
            time.sleep(0.2)

    def alive(self) -> int:
        try:
            with urllib.request.urlopen(f"{self.page}/json/", timeout=5) as answer:
                return answer.read().count(b'"ALIVE"') - 1  # the master's own
        except OSError:
            return 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]

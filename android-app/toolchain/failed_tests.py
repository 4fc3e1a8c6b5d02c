"""Name the tests that failed in the last build: the last lines that it prints."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from artifacts import HERE

PROJECT = HERE.parent
RESULTS = "*/build/test-results/*/*.xml"


def main() -> int:
    """Print a line for each failed test of the build that ended last."""
    for line in failed_tests(PROJECT):
        print(line)
    return 0


def failed_tests(project: Path) -> Iterator[str]:
    """Each failed test of all modules: module, class and name, and how it failed.

    Args:
        project: the folder of the Gradle project, in which each module holds the
            JUnit reports of its last run.
    """
    for report in sorted(project.glob(RESULTS)):
        module = report.relative_to(project).parts[0]
        try:
            cases = list(ElementTree.parse(report).iter("testcase"))
        except ElementTree.ParseError as error:
            yield f"{module}: {report.name}: expected a JUnit report: {error}"
            continue
        for case in cases:
            failure = case.find("failure")
            if failure is not None:
                reason = (failure.get("message") or failure.text or "").strip()
                first = reason.partition("\n")[0]
                yield f"{module}: {case.get('classname')}.{case.get('name')}: {first}"


if __name__ == "__main__":
    sys.exit(main())

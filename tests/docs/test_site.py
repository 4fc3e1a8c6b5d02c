"""The documentation builds as a site that works without the network."""

import re
import subprocess
import sys

import pytest

OUTSIDE = re.compile(
    r"<(?:script|img|iframe|source)[^>]+src=\"(?:https?:)?//[^\"]*"
    r"|<link(?![^>]+rel=\"?(?:canonical|icon))[^>]+href=\"(?:https?:)?//[^\"]*"
)


@pytest.fixture(scope="module")
def site(project_root, tmp_path_factory):
    out = tmp_path_factory.mktemp("docs") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", out]
    built = subprocess.run(
        command, cwd=project_root, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    return out


def test_every_page_of_the_navigation_is_built(site):
    for page in ("index", "quickstart", "guides/own-photos", "results/users",
                 "models/everyday", "decisions/index"):  # fmt: skip
        assert (site / f"{page}.html").is_file(), page


def test_result_pages_include_their_tables(site):
    page = (site / "results" / "users.html").read_text("utf-8")
    assert page.count("<table>") > 20
    assert "--8&lt;--" not in page


def test_no_page_loads_anything_from_outside(site):
    found = {
        str(page.relative_to(site)): OUTSIDE.findall(page.read_text("utf-8"))
        for page in site.rglob("*.html")
    }
    assert {name: assets for name, assets in found.items() if assets} == {}

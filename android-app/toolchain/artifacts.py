"""What the toolchain is made of: Maven artifacts, each pinned by its hash."""

from __future__ import annotations

import hashlib
import tempfile
import time
from pathlib import Path
from xml.sax.saxutils import escape

from programs import ToolchainError, run, say

HERE = Path(__file__).resolve().parent
GRADLE = "8.11.1"
GROOVY = "3.0.22"
KOTLIN = "2.0.20"
ANT = "1.10.14"
COPY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1"

GRADLE_JAR = f"dev.gradleplugins:gradle-api:{GRADLE}"
ANDROID_ALL = "org.robolectric:android-all:16-robolectric-13921718-2"
AAPT2_JAR = "org.apktool:apktool-lib:3.0.3"
ASM = tuple(f"org.ow2.asm:{name}:9.7.1" for name in ("asm", "asm-tree", "asm-commons"))
GROOVY_PARTS = (
    "groovy groovy-ant groovy-astbuilder groovy-datetime groovy-dateutil"
    " groovy-docgenerator groovy-groovydoc groovy-json groovy-nio groovy-sql"
    " groovy-templates groovy-test groovy-xml"
).split()
GRADLE_LIBRARIES = (
    *(f"org.codehaus.groovy:{part}:{GROOVY}" for part in GROOVY_PARTS),
    *(
        f"org.apache.ant:{part}:{ANT}"
        for part in ("ant", "ant-antlr", "ant-junit", "ant-launcher")
    ),
    f"org.jetbrains.kotlin:kotlin-stdlib:{KOTLIN}",
    f"org.jetbrains.kotlin:kotlin-reflect:{KOTLIN}",
    "junit:junit:4.13.2",
    "org.hamcrest:hamcrest-core:1.3",
)
ALL = (GRADLE_JAR, ANDROID_ALL, AAPT2_JAR, *ASM, *GRADLE_LIBRARIES)
PINS = HERE / "artifacts.sha256"
WAITS_S = (2, 10, 30)
# What Maven says where asking again is of no use.
NOT_THERE = "Could not find artifact"


def jar_name(coordinate: str) -> str:
    """File name of `group:artifact:version`."""
    _, artifact, version = coordinate.split(":")
    return f"{artifact}-{version}.jar"


def sha256(path: Path) -> str:
    """Hash of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def read_pins(path: Path = PINS) -> dict[str, str]:
    """Hashes by file name, as `sha256sum` writes them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line.strip())
    return {name: digest for digest, name in pairs}


def fetch(downloads: Path) -> None:
    """Have every artifact in a folder, of the pinned hash; download what is missing.

    Raises:
        ToolchainError: Maven fails, or a file is not the pinned one.
    """
    downloads.mkdir(parents=True, exist_ok=True)
    pins = read_pins()
    wanted = [each for each in ALL if not _is_pinned(downloads, each, pins)]
    if wanted:
        say(f"downloading {len(wanted)} artifacts with Maven")
        _copy_with_maven(wanted, downloads)
    for coordinate in wanted:
        _check(downloads / jar_name(coordinate), pins)


def _is_pinned(downloads: Path, coordinate: str, pins: dict[str, str]) -> bool:
    path = downloads / jar_name(coordinate)
    return path.is_file() and sha256(path) == pins.get(path.name)


def _check(path: Path, pins: dict[str, str]) -> None:
    if not path.is_file():
        raise ToolchainError(f"Maven did not deliver {path.name}")
    received = sha256(path)
    if pins.get(path.name) != received:
        path.unlink()
        raise ToolchainError(
            f"{path.name}: expected sha256 {pins.get(path.name)}, received {received};"
            f" the file was removed. If the change is meant, update {PINS.name}"
        )


def _copy_with_maven(coordinates: list[str], downloads: Path) -> None:
    """One Maven run, so that mirrors and credentials are those of the user's Maven."""
    items = "".join(_item(*map(escape, each.split(":"))) for each in coordinates)
    group, plugin, version = COPY_PLUGIN.split(":")
    project = (
        "<project><modelVersion>4.0.0</modelVersion><groupId>local</groupId>"
        "<artifactId>android-toolchain</artifactId><version>1</version>"
        "<packaging>pom</packaging><build><plugins><plugin>"
        f"<groupId>{group}</groupId><artifactId>{plugin}</artifactId>"
        f"<version>{version}</version><configuration>"
        f"<outputDirectory>{escape(str(downloads))}</outputDirectory>"
        f"<overWriteReleases>true</overWriteReleases>"
        f"<artifactItems>{items}</artifactItems>"
        "</configuration></plugin></plugins></build></project>"
    )
    with tempfile.TemporaryDirectory() as work:
        pom = Path(work) / "pom.xml"
        pom.write_text(project, encoding="utf-8")
        _persist(["mvn", "-B", "-q", "-U", "-f", str(pom), f"{COPY_PLUGIN}:copy"])


def _persist(command: list[str]) -> None:
    """Run Maven again where a download broke off; it keeps what it had by then."""
    for wait_s in WAITS_S:
        try:
            run(command, "the Maven download")
            return
        except ToolchainError as error:
            if NOT_THERE in str(error):
                raise
            say(f"{error}\ntrying again in {wait_s} s")
            time.sleep(wait_s)
    run(command, "the Maven download")


def _item(group: str, artifact: str, version: str) -> str:
    return (
        f"<artifactItem><groupId>{group}</groupId><artifactId>{artifact}</artifactId>"
        f"<version>{version}</version></artifactItem>"
    )

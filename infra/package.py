"""The Lambda artifact: the functions and, for AWS, their packages, in a zip that depends on nothing but its content."""

import hashlib
import io
import py_compile
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

from infra.problems import Problem
from infra.template import ROOT

FUNCTIONS = ROOT / "functions"
REQUIREMENTS = ROOT / "requirements" / "functions.txt"
CONSTRAINTS = ROOT / "requirements" / "constraints.txt"
PLATFORMS = {"arm64": "aarch64", "x86_64": "x86_64"}
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first instant a zip can name

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"

# What no function uses. botocore describes some 400 services and Babel some 1,000 locales; posters are set in one font.
SERVICES = {"dynamodb", "s3", "secretsmanager", "sns", "sqs", "sts", "lambda", "cloudformation", "scheduler"}
LOCALES = ("root", "en", "zh")
JUNK_NAMES = {
    "__pycache__", "tests", "test", "bin", "RECORD", "INSTALLER", "REQUESTED", "direct_url.json",
    "NotoSerifSC-Regular.otf",
}  # fmt: skip
JUNK_ENDINGS = (".pyc", ".pyi", ".pyx", ".c", ".h", ".po", ".pot")


@dataclass(frozen=True)
class Artifact:
    """A built zip and the hash that names it."""

    body: bytes
    digest: str

    @property
    def key(self) -> str:
        """Where it lies in the artifact bucket: equal code, equal key."""
        return f"functions/{self.digest[:24]}.zip"


def build_local() -> Artifact:
    """The functions alone: the local cloud runs them with this environment's own packages."""
    return _zip(_source_files())


def build(architecture: str, python: str) -> Artifact:
    """The functions with their packages, for AWS.

    `architecture` is `arm64` or `x86_64`, `python` a version such as `3.13`. Compiled files are for one version
    alone: they go along when this interpreter is of that version. Raises `package_failed`.
    """
    with tempfile.TemporaryDirectory(prefix="pond-package-") as folder:
        installed = Path(folder, "packages")
        _install(installed, architecture, python)
        packages = {
            name: path
            for path in installed.rglob("*")
            if path.is_file() and _is_used(name := path.relative_to(installed).as_posix())
        }
        files = packages | _source_files()
        return _zip(files | (_compiled(files, Path(folder, "compiled")) if python == HERE else {}))


def _install(folder: Path, architecture: str, python: str) -> None:
    command = [
        sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check",
        "--target", str(folder), "--requirement", str(REQUIREMENTS), "--constraint", str(CONSTRAINTS),
        "--platform", f"manylinux2014_{PLATFORMS[architecture]}",
        "--platform", f"manylinux_2_28_{PLATFORMS[architecture]}",
        "--implementation", "cp", "--python-version", python, "--only-binary=:all:",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Problem("package_failed", words=_last_line(done.stderr))


def _compiled(files: dict[str, Path], folder: Path) -> dict[str, Path]:
    """Every source compiled. Never held against its source again: a zip's files are all of one age."""
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    found = {}
    for name, path in files.items():
        if path.suffix == ".py":
            cached = cache_from_source(name)
            py_compile.compile(str(path), str(folder / cached), dfile=name, doraise=True, invalidation_mode=mode)
            found[cached] = folder / cached
    return found


def _source_files() -> dict[str, Path]:
    files = {
        path.relative_to(ROOT).as_posix(): path
        for path in FUNCTIONS.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    if not files:
        raise Problem("package_failed", words=f"{FUNCTIONS} holds no file")
    return files


def _is_used(name: str) -> bool:
    parts = name.split("/")
    if JUNK_NAMES.intersection(parts) or name.endswith(JUNK_ENDINGS):
        return False
    if parts[:2] == ["botocore", "data"] and len(parts) > 3:
        return parts[2] in SERVICES
    if parts[:2] == ["babel", "locale-data"]:
        return parts[2].startswith(LOCALES)
    return True


def _zip(files: dict[str, Path]) -> Artifact:
    """Sorted names, one date, one mode: the bytes follow from the content alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, files[name].read_bytes())
    body = buffer.getvalue()
    return Artifact(body, hashlib.sha256(body).hexdigest())


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "no word was said"

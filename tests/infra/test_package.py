"""The artifact: same bytes from same files, small, and complete: each handler imports from it alone."""

import io
import platform
import subprocess
import sys
import zipfile
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from infra import package, template

HANDLERS = template.handlers(template.load())
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
ARCHITECTURE = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
UNCHECKED_HASH = 0b01  # flags of PEP 552: by its source's hash, which is not looked at
UNZIPPED_LIMIT = 250 * 1024 * 1024  # what Lambda takes
LOAD = """
import importlib, sys
sys.path.insert(0, {folder!r})
module, _, name = {handler!r}.rpartition(".")
assert callable(getattr(importlib.import_module(module), name))
outside = [
    name for name, each in sys.modules.items()
    if getattr(each, "__file__", None) and "site-packages" in each.__file__
]
assert not outside, outside
"""
DRAW = """
import sys
sys.path.insert(0, {folder!r})
from functions.drawing.posters import Poster, jpeg
words = ("早起打卡", "", "", "", "扫码参加", "", "https://pond.example/c/camp_1", "#0B6E5F")
sys.stdout.buffer.write(jpeg(Poster("colour", *words)))
"""

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="the artifact's compiled parts are for Linux")


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real artifact, for this machine, unpacked."""
    folder = tmp_path_factory.mktemp("artifact")
    with zipfile.ZipFile(io.BytesIO(package.build(ARCHITECTURE, PYTHON).body)) as archive:
        archive.extractall(folder)
    return folder


@needs_linux
@pytest.mark.parametrize("function", HANDLERS)
def test_a_handler_imports_from_the_unpacked_zip_alone(unpacked: Path, function: str) -> None:
    code = LOAD.format(folder=str(unpacked), handler=HANDLERS[function])
    variables = {
        "POND_TABLE": "t", "POND_TENANT": "demo", "POND_BUCKET": "b", "POND_SECRET": "s", "POND_STAGE": "local",
        "POND_BASE_URL": "", "POND_UPLOAD_URL": "", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
        "POWERTOOLS_SERVICE_NAME": function.lower(), "POWERTOOLS_METRICS_NAMESPACE": "Pond",
    }  # fmt: skip

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", code], env=variables, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


@needs_linux
def test_the_artifact_fits_lambda_and_holds_nothing_idle(unpacked: Path) -> None:
    files = [path for path in unpacked.rglob("*") if path.is_file()]
    services = {path.name for path in (unpacked / "botocore" / "data").iterdir() if path.is_dir()}

    assert sum(path.stat().st_size for path in files) < UNZIPPED_LIMIT / 2
    assert services <= package.SERVICES
    assert [path.name for path in files if path.suffix == ".otf"] == ["NotoSansSC-Regular.otf"]


@needs_linux
def test_every_source_of_the_artifact_is_compiled_and_never_compiled_again(unpacked: Path) -> None:
    sources = list(unpacked.rglob("*.py"))
    compiled = [Path(cache_from_source(str(path))) for path in sources]

    assert [path for path in compiled if not path.exists()] == []
    assert {int.from_bytes(path.read_bytes()[4:8], "little") for path in compiled} == {UNCHECKED_HASH}


def test_for_another_python_nothing_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A compiled file of one version is none of another's."""
    monkeypatch.setattr(package, "_install", lambda folder, architecture, python: folder.mkdir())

    names = zipfile.ZipFile(io.BytesIO(package.build("arm64", "3.99").body)).namelist()

    assert "functions/start.py" in names
    assert not [name for name in names if name.endswith(".pyc")]


@needs_linux
def test_a_poster_is_drawn_from_the_unpacked_zip_alone(unpacked: Path) -> None:
    code = DRAW.format(folder=str(unpacked))

    done = subprocess.run([sys.executable, "-I", "-S", "-B", "-c", code], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"\xff\xd8\xff")


def test_equal_files_give_equal_bytes_whatever_their_dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    functions = tmp_path / "functions"
    functions.mkdir()
    (functions / "b.py").write_text("b = 1\n")
    (functions / "a.py").write_text("a = 1\n")
    monkeypatch.setattr(package, "ROOT", tmp_path)
    monkeypatch.setattr(package, "FUNCTIONS", functions)

    first = package.build_local()
    (functions / "a.py").touch()
    second = package.build_local()
    (functions / "a.py").write_text("a = 2\n")
    third = package.build_local()

    assert first == second
    assert third.key != first.key
    assert zipfile.ZipFile(io.BytesIO(first.body)).namelist() == ["functions/a.py", "functions/b.py"]


def test_packages_that_cannot_be_had_are_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = tmp_path / "functions.txt"
    wanted.write_text("pydantic==0.0.0.dev999\n")
    monkeypatch.setattr(package, "REQUIREMENTS", wanted)
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    with pytest.raises(package.Problem) as caught:
        package.build("arm64", "3.13")

    assert caught.value.code == "package_failed"

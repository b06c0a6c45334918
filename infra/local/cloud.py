"""The local cloud as a whole: the emulator, the table, the stack made from template.yaml, and what must outlive them.

The emulator is disposable: it is filled from the template at every start, which takes about a second. What must last
lives outside of it: rows in Dynoxide's file, objects as files, the root secret in `root-secret.json`.
"""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

from infra import deploy, package, template
from infra.clients import REGION, Target, local
from infra.local import dynoxide, snapshot
from infra.local.home import Home, read_json, write, write_json
from infra.local.processes import Part, free_port
from infra.problems import Problem

STACK = "pond-local"
TABLE = "pond-local"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


@dataclass(frozen=True)
class Cloud:
    """A standing local cloud. `cloud.json` holds it for the front door and the pump."""

    endpoint: str
    table_endpoint: str
    table: str
    bucket: str = ""
    secret: str = ""
    api_id: str = ""
    insights: str = ""
    dead_letters: str = ""
    prints: str = ""

    def environment(self) -> dict[str, str]:
        """What makes boto3 in any program talk to this cloud, and to this one only."""
        return plain_environment() | CREDENTIALS | {
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ENDPOINT_URL_DYNAMODB": self.table_endpoint,
            "POND_TABLE": self.table,
            "POND_TENANT": "demo",
            "POND_BUCKET": self.bucket,
            "POND_SECRET": self.secret,
            "POND_PRINTS": self.prints,
            "POND_STAGE": "local",
            "POND_STACK": STACK,
        }  # fmt: skip


def plain_environment() -> dict[str, str]:
    """This process's environment without a word about AWS, and without a proxy for what is on this machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return kept | {"NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}


class Builder:
    """Starts the emulator and the table, and fills the emulator from the template."""

    def __init__(self, home: Home, public_url: str, guarded: bool = False) -> None:
        """`guarded`: IAM decides every call. The table is the emulator's own then, for Dynoxide knows no roles."""
        self._home = home
        self._public_url = public_url
        self._guarded = guarded
        self._durable = dynoxide.runs_here() and not guarded
        port = free_port()
        endpoint = f"http://127.0.0.1:{port}"
        self.parts: list[Part] = []
        table_endpoint = endpoint
        if self._durable:
            table_port = free_port()
            table_endpoint = f"http://127.0.0.1:{table_port}"
            self.parts.append(dynoxide.part(home.table, table_port, home.log("dynoxide"), plain_environment()))
        self.cloud = Cloud(endpoint, table_endpoint, TABLE)
        self.emulator = Part(
            "ministack",
            [sys.executable, "-m", "ministack"],
            self._emulator_environment(port),
            home.log("ministack"),
            port,
        )
        self.parts.append(self.emulator)

    def _emulator_environment(self, port: int) -> dict[str, str]:
        # The functions inherit this; so they find the table's own endpoint without a word in the template.
        own = {
            "GATEWAY_PORT": str(port),
            "BIND_HOST": "127.0.0.1",
            "PERSIST_STATE": "0",
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self._home.objects),
            "SFTP_ENABLED": "0",
            "IOT_MTLS_ENABLED": "0",
            "TMPDIR": str(self._home.scratch),
            "LOG_LEVEL": "WARNING",
            "AUTH": "true" if self._guarded else "false",
            "AWS_ENDPOINT_URL": self.cloud.endpoint,
            "AWS_ENDPOINT_URL_DYNAMODB": self.cloud.table_endpoint,
        }
        return plain_environment() | CREDENTIALS | own

    def launch(self) -> None:
        """Start both programs. Raises `part_did_not_start`."""
        shutil.rmtree(self._home.scratch, ignore_errors=True)
        self._home.scratch.mkdir(mode=0o700)
        for part in self.parts:
            part.start()
        for part in self.parts:
            part.await_port()

    def fill(self, report: Callable[[str], None]) -> None:
        """Make the table and, in an empty emulator, the stack; give it back what must last. Raises `deploy_failed`."""
        body = template.load()
        if self._durable:
            dynoxide.create_table(self.cloud.table_endpoint, TABLE, body)
        report("deploying template.yaml")
        made = self._deploy()
        self.cloud = replace(
            self.cloud,
            bucket=made["BucketName"],
            secret=made["SecretId"],
            api_id=made["ApiId"],
            insights=made["InsightsFunction"],
            dead_letters=made["StreamDeadLettersUrl"],
            prints=made["PrintQueueUrl"],
        )
        self._restore_secret()
        self._adopt_objects()
        if not self._durable:
            snapshot.restore(local("dynamodb", self.cloud.endpoint), TABLE, self._home.rows)
        write_json(self._home.cloud, asdict(self.cloud))

    def _deploy(self) -> Mapping[str, str]:
        target = Target.emulator(self.cloud.endpoint)
        parameters = {
            "Stage": "local",
            "TableName": TABLE,
            "PublicUrl": self._public_url,
            "UploadUrl": "/s3",
            "Runtime": f"python3.{sys.version_info.minor}",
            "Architecture": "x86_64",
        }
        prepared = deploy.upload(target, package.build_local())
        planned = deploy.plan(target, STACK, prepared, parameters)
        for _ in deploy.execute(target, planned):
            pass
        return deploy.outputs(target, STACK)

    def _restore_secret(self) -> None:
        secrets = local("secretsmanager", self.cloud.endpoint)
        if self._home.root_secret.exists():
            kept = self._home.root_secret.read_text(encoding="utf-8")
            secrets.put_secret_value(SecretId=self.cloud.secret, SecretString=kept)
        else:
            made = secrets.get_secret_value(SecretId=self.cloud.secret)["SecretString"]
            write(self._home.root_secret, made)

    def _adopt_objects(self) -> None:
        """The stack's bucket is new at each start: take over what the buckets of earlier starts hold."""
        s3 = local("s3", self.cloud.endpoint)
        earlier = [
            bucket["Name"]
            for bucket in s3.list_buckets()["Buckets"]
            if bucket["Name"].startswith(f"{STACK}-bucket-") and bucket["Name"] != self.cloud.bucket
        ]
        for bucket in earlier:
            for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
                for found in page.get("Contents", []):
                    place = {"Bucket": bucket, "Key": found["Key"]}
                    s3.copy_object(Bucket=self.cloud.bucket, Key=found["Key"], CopySource=place)
                    s3.delete_object(**place)
            s3.delete_bucket(Bucket=bucket)

    def helpers(self, host: str, port: int) -> list[Part]:
        """The parts that need a standing cloud: front door and pump, or the snapshots where Dynoxide does not run."""
        folder, environment = str(self._home.folder), self.cloud.environment()
        door = [sys.executable, "-m", "infra.local.front_door", folder, host, str(port)]
        keeper = "pump" if self._durable else "snapshot"
        return [
            Part("front-door", door, environment, self._home.log("front-door"), port),
            Part(keeper, [sys.executable, "-m", f"infra.local.{keeper}", folder], environment, self._home.log(keeper)),
        ]


def standing(home: Home) -> Cloud:
    """The cloud that `cloud.json` names. Raises `not_up`."""
    kept = read_json(home.cloud)
    if kept is None:
        raise Problem("not_up")
    return Cloud(**kept)

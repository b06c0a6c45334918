"""What a function is told by its environment (template.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Names and addresses of one deployment. `secret` is the id of the root secret, never the secret."""

    table: str
    tenant: str
    bucket: str = ""
    secret: str = ""
    base_url: str = ""
    upload_url: str = ""
    stage: str = "prod"
    region: str = "us-east-1"
    function: str = ""
    queue: str = ""
    payments: str = ""
    wechat: str = ""
    schedules: str = ""
    sweeper: str = ""
    waker: str = ""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Settings:
        """The settings in environment variables; a missing table or tenant is a KeyError at its start."""
        return cls(
            table=environment["POND_TABLE"],
            tenant=environment["POND_TENANT"],
            bucket=environment.get("POND_BUCKET", ""),
            secret=environment.get("POND_SECRET", ""),
            base_url=environment.get("POND_BASE_URL", ""),
            upload_url=environment.get("POND_UPLOAD_URL", ""),
            stage=environment.get("POND_STAGE", "prod"),
            region=environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION", "us-east-1"),
            function=environment.get("POWERTOOLS_SERVICE_NAME", ""),
            queue=environment.get("POND_ORDERS", ""),
            payments=environment.get("POND_PAYMENTS", ""),
            wechat=environment.get("POND_WECHAT", ""),
            schedules=environment.get("POND_SCHEDULES", ""),
            sweeper=environment.get("POND_SWEEPER", ""),
            waker=environment.get("POND_WAKER", ""),
        )

    @property
    def is_local(self) -> bool:
        """Whether a proxy of ours stands in front, whose X-Forwarded-* headers may be believed."""
        return self.stage == "local"

"""What the screens are told by their environment; `pond up` and the container set it (infra/)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ui.sign_in_file import complete


@dataclass(frozen=True)
class Settings:
    """Where the table is, whose rows these are, and where people open the campaigns."""

    table: str
    tenant: str = "demo"
    base_url: str = ""
    region: str = "us-east-1"
    table_endpoint: str | None = None
    endpoint: str | None = None
    bucket: str = ""
    secret: str = ""
    prints: str = ""
    uploads: str = ""
    editor: str = ""
    stage: str = "local"
    stack: str = "pond"
    issuer: str = ""
    admin: str = ""
    role_claim: str = ""
    can_sign_in: bool = True

    @property
    def is_open(self) -> bool:
        """Whether nobody needs to sign in: the local cloud, as long as no issuer is named."""
        return self.stage == "local" and not self.issuer

    @property
    def is_shut(self) -> bool:
        """Whether nobody can sign in, and nobody may do without: no issuer, or one that is told by half."""
        return not (self.is_open or (self.issuer and self.can_sign_in))

    def page_url(self, campaign: str) -> str:
        """The address that the campaign's QR code names."""
        return f"{self.base_url.rstrip('/')}/c/{campaign}"

    def live_url(self, code: str) -> str:
        """The address that a live code's picture names."""
        return f"{self.base_url.rstrip('/')}/q/{code}"

    @property
    def files_url(self) -> str:
        """Where browsers reach the bucket, if elsewhere than the screens do: behind the local cloud's one address."""
        return f"{self.base_url.rstrip('/')}{self.uploads}" if self.uploads else ""

    def media_url(self, name: str) -> str:
        """The address of a picture of the marketers' (`edge/media.py`)."""
        return f"{self.base_url.rstrip('/')}/media/{name}"


def read(environment: Mapping[str, str]) -> Settings | None:
    """The settings; None when nothing says where the table is."""
    table = environment.get("POND_TABLE", "")
    if not table:
        return None
    endpoint = environment.get("AWS_ENDPOINT_URL") or None
    return Settings(
        table=table,
        tenant=environment.get("POND_TENANT") or "demo",
        base_url=environment.get("POND_BASE_URL", ""),
        region=environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or "us-east-1",
        table_endpoint=environment.get("AWS_ENDPOINT_URL_DYNAMODB") or endpoint,
        endpoint=endpoint,
        bucket=environment.get("POND_BUCKET", ""),
        secret=environment.get("POND_SECRET", ""),
        prints=environment.get("POND_PRINTS", ""),
        uploads=environment.get("POND_UPLOAD_URL", ""),
        editor=environment.get("POND_EDITOR", ""),
        stage=environment.get("POND_STAGE") or "prod",
        stack=environment.get("POND_STACK") or "pond",
        issuer=environment.get("POND_OIDC_ISSUER", ""),
        admin=environment.get("POND_ADMIN", ""),
        role_claim=environment.get("POND_ROLE_CLAIM", ""),
        can_sign_in=complete(environment),
    )

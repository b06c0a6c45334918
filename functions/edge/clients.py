"""Clients of AWS besides the table's, made when first needed: most events need none."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from botocore.config import Config
from botocore.session import get_session

SMS_ATTRIBUTES = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}}


@cache
def client(service: str, region: str) -> Any:
    """A botocore client; endpoints and credentials come from the environment."""
    config = Config(region_name=region, connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 2})
    if service == "s3":
        # A presigned post must name the bucket's own region in its signature and address.
        config = config.merge(Config(signature_version="s3v4", s3={"addressing_style": "path"}))
    return get_session().create_client(service, config=config)


def secret_reader(secret: str, region: str) -> Callable[[], str]:
    """Reads the root secret."""
    return lambda: str(client("secretsmanager", region).get_secret_value(SecretId=secret)["SecretString"])


def sms_sender(region: str) -> Callable[[str, str], None]:
    """Sends words to a phone number (E.164)."""

    def send(phone: str, words: str) -> None:
        client("sns", region).publish(PhoneNumber=phone, Message=words, MessageAttributes=SMS_ATTRIBUTES)

    return send

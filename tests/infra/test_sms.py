"""Text messages of the local cloud."""

import httpx
import pytest

from infra.local.sms import sent
from tests.cloud import LocalCloud

pytestmark = pytest.mark.cloud
PHONE = "+8613800138000"


def test_a_one_time_code_can_be_read_where_no_message_is_really_sent(local_cloud: LocalCloud) -> None:
    asked = httpx.post(f"{local_cloud.api}/api/session", json={"provider": "phone", "phone": PHONE}, timeout=30)

    assert asked.json()["outcome"] == "code_sent"
    ((number, text),) = [one for one in sent(local_cloud.endpoint) if one[0] == PHONE]
    assert number == PHONE
    assert any(word.isdigit() and len(word) == 6 for word in text.replace("，", " ").split())

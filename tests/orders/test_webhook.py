"""Our signatures and those of the standard's own library are the same."""

from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from functions.core.webhook import BadSignature, shown, signature, verify

SECRET = bytes(range(32))
BODY = '{"data":"茶"}'


def headers(signed: str, at: datetime) -> dict[str, str]:
    return {"webhook-id": "msg_1", "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signed}


def test_the_standards_library_signs_what_we_verify_and_verifies_what_we_sign() -> None:
    now = datetime.now(UTC)
    theirs = Webhook(shown(SECRET)).sign("msg_1", now, BODY)
    ours = signature(SECRET, "msg_1", str(int(now.timestamp())), BODY.encode())

    assert ours == theirs
    assert verify([SECRET], headers(theirs, now), BODY.encode(), now) == "msg_1"
    assert Webhook(shown(SECRET)).verify(BODY, headers(ours, now)) == {"data": "茶"}


@pytest.mark.parametrize("seconds", [-301, 301])
def test_five_minutes_are_the_limit_either_way(seconds: int) -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    then = now + timedelta(seconds=seconds)
    near = now + timedelta(seconds=seconds - (1 if seconds > 0 else -1))
    for at, fits in ((near, True), (then, False)):
        signed = signature(SECRET, "msg_1", str(int(at.timestamp())), BODY.encode())
        if fits:
            assert verify([SECRET], headers(signed, at), BODY.encode(), now)
        else:
            with pytest.raises(BadSignature, match="stale"):
                verify([SECRET], headers(signed, at), BODY.encode(), now)


def test_one_of_several_signatures_is_enough() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    stamp = str(int(now.timestamp()))
    signed = " ".join(["v1a,AAAA", signature(b"old", "msg_1", stamp, b""), signature(SECRET, "msg_1", stamp, b"")])

    assert verify([SECRET], headers(signed, now), b"", now) == "msg_1"

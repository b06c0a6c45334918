"""One address for the API and for uploads: it says who asks, keeps what was sent, and lets nothing else through."""

import httpx
import pytest

from infra.clients import local
from tests.cloud import LocalCloud

pytestmark = pytest.mark.cloud


def test_the_api_answers_behind_one_address(local_cloud: LocalCloud) -> None:
    assert httpx.get(f"{local_cloud.api}/health", timeout=30).status_code == 200


def test_one_persons_session_is_never_lent_to_the_next(local_cloud: LocalCloud) -> None:
    opened = httpx.post(f"{local_cloud.api}/api/session", timeout=30, json={"provider": "guest"})
    assert "pond_session" in opened.cookies

    assert httpx.get(f"{local_cloud.api}/api/me/wallet", timeout=30).status_code == 401


def test_a_picture_posted_by_a_phone_lands_in_the_bucket(local_cloud: LocalCloud) -> None:
    s3 = local("s3", local_cloud.endpoint)
    signed = s3.generate_presigned_post(
        local_cloud.bucket, "uploads/door", Conditions=[["content-length-range", 1, 100]], ExpiresIn=60
    )
    url = f"{local_cloud.api}/s3/{local_cloud.bucket}"

    stored = httpx.post(url, timeout=30, data=signed["fields"], files={"file": b"picture"})
    too_large = httpx.post(url, timeout=30, data=signed["fields"], files={"file": b"x" * 101})

    assert stored.status_code == 204
    assert s3.get_object(Bucket=local_cloud.bucket, Key="uploads/door")["Body"].read() == b"picture"
    assert too_large.status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", "/s3/another-bucket", 404),
        ("GET", "/s3/another-bucket/prints/x?X-Amz-Algorithm=AWS4-HMAC-SHA256", 404),
        ("POST", "/_ministack/reset", 404),
        ("GET", "/_ministack/health", 404),
    ],
)
def test_nothing_else_of_the_emulator_is_reached(
    local_cloud: LocalCloud, method: str, path: str, expected: int
) -> None:
    assert httpx.request(method, local_cloud.api + path, timeout=30).status_code == expected


def test_any_site_may_ask_where_a_link_leads_and_whether_it_may(local_cloud: LocalCloud) -> None:
    may = httpx.options(f"{local_cloud.api}/01/09520123456788", timeout=30)
    head = httpx.head(f"{local_cloud.api}/.well-known/gs1resolver", timeout=30)

    assert (may.status_code, may.content, may.headers["allow"]) == (204, b"", "GET, HEAD, OPTIONS")
    assert (head.status_code, head.headers["content-type"]) == (200, "application/json")
    for answer in (may, head):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert httpx.options(f"{local_cloud.api}/me", timeout=30).status_code == 404


def test_more_than_ten_megabytes_are_refused_with_a_code(local_cloud: LocalCloud) -> None:
    answer = httpx.post(f"{local_cloud.api}/api/session", content=b"x" * (10 * 1024 * 1024 + 1))

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")

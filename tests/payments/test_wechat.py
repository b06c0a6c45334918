"""WeChat Pay v3 against a server of ours that is as strict as theirs: signatures, certificates, encrypted notices."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID

from functions.payments.port import Door, NotYours, Payer, Refused
from functions.payments.wechat import Merchant, WeChat
from functions.storage.store import Busy

APIV3 = "0123456789abcdef0123456789abcdef"
ROW = {"amount": 900, "currency": "CNY", "campaign": "camp_1", "trade": "4200001"}
PAYMENT = "pay_00000000000000000000000001"


def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def pem(private: rsa.RSAPrivateKey) -> str:
    kinds = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return private.private_bytes(*kinds).decode()


def certificate(private: rsa.RSAPrivateKey, serial: int) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "platform")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, private.public_key(), serial, now - timedelta(1), now + timedelta(30))
    return made.sign(private, hashes.SHA256())


@dataclass
class Platform:
    """WeChat's side: checks the merchant's signature, signs what it says, encrypts what it sends."""

    merchant: rsa.RSAPrivateKey = field(default_factory=key)
    own: rsa.RSAPrivateKey = field(default_factory=key)
    serial: int = 0x5157F09EFDC096DE
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def sealed(self, content: str) -> dict[str, str]:
        """Encrypted by the merchant's key, as certificates and notices are."""
        nonce, about = "abcdefghijkl", "transaction"
        hidden = AESGCM(APIV3.encode()).encrypt(nonce.encode(), content.encode(), about.encode())
        return {
            "algorithm": "AEAD_AES_256_GCM",
            "nonce": nonce,
            "associated_data": about,
            "ciphertext": base64.b64encode(hidden).decode(),
            "original_type": "transaction",
        }

    def headers(self, body: str, late: int = 0) -> dict[str, str]:
        """What it signs with."""
        stamp = str(int(time.time()) - late)
        mark = self.own.sign(f"{stamp}\nnonce\n{body}\n".encode(), PKCS1v15(), hashes.SHA256())
        return {
            "wechatpay-signature": base64.b64encode(mark).decode(),
            "wechatpay-timestamp": stamp,
            "wechatpay-nonce": "nonce",
            "wechatpay-serial": f"{self.serial:X}",
            "wechatpay-signature-type": "WECHATPAY2-SHA256-RSA2048",
        }

    def check(self, method: str, path: str, authorization: str, body: str) -> None:
        """Raises InvalidSignature when it was not the merchant."""
        kind, _, rest = authorization.partition(" ")
        said = dict(part.split("=", 1) for part in rest.split(","))
        said = {name: value.strip('"') for name, value in said.items()}
        message = f"{method}\n{path}\n{said['timestamp']}\n{said['nonce_str']}\n{body}\n".encode()
        self.merchant.public_key().verify(base64.b64decode(said["signature"]), message, PKCS1v15(), hashes.SHA256())
        assert (kind, said["mchid"], said["serial_no"]) == ("WECHATPAY2-SHA256-RSA2048", "1900000001", "MERCHANT1")

    def answer(self, method: str, path: str, authorization: str, body: str) -> tuple[int, str]:
        """Certificates, or the next of `answers`."""
        self.check(method, path, authorization, body)
        if path == "/v3/certificates":
            mine = certificate(self.own, self.serial).public_bytes(serialization.Encoding.PEM).decode()
            entry = {"serial_no": f"{self.serial:X}", "effective_time": "now", "expire_time": "later"}
            return 200, json.dumps({"data": [entry | {"encrypt_certificate": self.sealed(mine)}]})
        self.asked.append({"path": path, **json.loads(body)})
        status, content = self.answers.pop(0)
        return status, json.dumps(content)


@pytest.fixture(scope="module")
def keys() -> tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey]:
    """Made once: a pair takes a while."""
    return key(), key()


@pytest.fixture
def platform(keys: tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey]) -> Platform:
    return Platform(*keys)


@pytest.fixture
def wechat(platform: Platform, tmp_path: Path) -> Iterator[WeChat]:
    class Door(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            status, said = platform.answer(self.command, self.path, self.headers["Authorization"], body)
            self.send_response(status)
            for name, value in (platform.headers(said) | {"Content-Type": "application/json"}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.encode())))
            self.end_headers()
            self.wfile.write(said.encode())

        do_GET = do_POST = _serve

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    known = certificate(platform.own, platform.serial).public_bytes(serialization.Encoding.PEM)
    (tmp_path / "known.pem").write_bytes(known)
    merchant = Merchant("wx1", "1900000001", "MERCHANT1", pem(platform.merchant), APIV3)
    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        gateway = f"http://127.0.0.1:{server.server_port}"
        try:
            yield WeChat(merchant, "https://shop.example/hooks", lambda: datetime.now(UTC), str(tmp_path), gateway)
        finally:
            server.shutdown()
            thread.join()


def told(platform: Platform, event: str = "TRANSACTION.SUCCESS", **changes: Any) -> str:
    trade = {
        "out_trade_no": PAYMENT, "transaction_id": "4200001", "trade_state": "SUCCESS",
        "amount": {"total": 900, "currency": "CNY"},
    }  # fmt: skip
    resource = platform.sealed(json.dumps(trade | changes))
    return json.dumps({"event_type": event, "resource_type": "encrypt-resource", "resource": resource})


def test_paying_and_giving_back_are_signed_and_under_our_own_numbers(wechat: WeChat, platform: Platform) -> None:
    platform.answers = [(200, {"code_url": "weixin://wxpay/x"}), (200, {"status": "PROCESSING"})]

    assert wechat.begin(PAYMENT, ROW, "茶", Payer()) == Door("weixin://wxpay/x")
    wechat.give_back(PAYMENT, ROW, "ref_1", 400)

    paid, back = platform.asked
    assert (paid["out_trade_no"], paid["amount"]) == (PAYMENT, {"total": 900, "currency": "CNY"})
    assert (back["out_refund_no"], back["transaction_id"], back["amount"]["refund"]) == ("ref_1", "4200001", 400)


def test_in_a_phones_browser_it_opens_wechats_page_and_comes_back(wechat: WeChat, platform: Platform) -> None:
    platform.answers = [(200, {"h5_url": "https://wx.tenpay.com/pay?prepay_id=1"})]

    door = wechat.begin(PAYMENT, ROW, "茶", Payer("h5", "203.0.113.9"))

    assert door.link == ("https://wx.tenpay.com/pay?prepay_id=1&redirect_url=https%3A%2F%2Fshop.example%2Fc%2Fcamp_1")
    [asked] = platform.asked
    assert (asked["path"], asked["out_trade_no"]) == ("/v3/pay/transactions/h5", PAYMENT + "h")
    assert asked["scene_info"] == {"payer_client_ip": "203.0.113.9", "h5_info": {"type": "Wap"}}


def test_inside_wechat_its_script_is_told_what_the_merchant_signed(wechat: WeChat, platform: Platform) -> None:
    platform.answers = [(200, {"prepay_id": "wx20141"})]

    call = wechat.begin(PAYMENT, ROW, "茶", Payer("jsapi", "203.0.113.9", "oHkLx")).call

    message = "".join(f"{call[name]}\n" for name in ("appId", "timeStamp", "nonceStr", "package")).encode()
    mark = base64.b64decode(call["paySign"])
    platform.merchant.public_key().verify(mark, message, PKCS1v15(), hashes.SHA256())
    assert (call["package"], call["signType"], platform.asked[0]["payer"]) == (
        "prepay_id=wx20141", "RSA", {"openid": "oHkLx"},
    )  # fmt: skip
    assert platform.asked[0]["out_trade_no"] == PAYMENT + "j"


def test_inside_wechat_without_an_openid_nothing_is_asked_of_wechat(wechat: WeChat, platform: Platform) -> None:
    with pytest.raises(Refused, match="openid_needed"):
        wechat.begin(PAYMENT, ROW, "茶", Payer("jsapi"))

    assert platform.asked == []


def test_a_notice_is_verified_and_decrypted(wechat: WeChat, platform: Platform) -> None:
    body = told(platform)

    said = wechat.notice(platform.headers(body), body.encode())

    assert said is not None
    assert (said.payment, said.trade, said.amount, said.currency, said.paid) == (PAYMENT, "4200001", 900, "CNY", True)


@pytest.mark.parametrize("suffix", ["h", "j"])
def test_a_notice_of_any_way_is_of_the_same_payment(wechat: WeChat, platform: Platform, suffix: str) -> None:
    body = told(platform, out_trade_no=PAYMENT + suffix)

    said = wechat.notice(platform.headers(body), body.encode())

    assert said is not None
    assert said.payment == PAYMENT


def test_a_platform_certificate_that_is_new_is_fetched_and_decrypted(wechat: WeChat, platform: Platform) -> None:
    platform.serial = 0x77
    body = told(platform)

    assert wechat.notice(platform.headers(body), body.encode()) is not None


@pytest.mark.parametrize("what", ["body", "signature", "old", "future", "unsigned", "serial", "algorithm"])
def test_a_notice_that_is_forged_altered_or_old_is_refused(wechat: WeChat, platform: Platform, what: str) -> None:
    body = told(platform)
    headers = platform.headers(body, {"old": 301, "future": -301}.get(what, 0))
    changes: dict[str, dict[str, str]] = {
        "signature": {"wechatpay-signature": base64.b64encode(bytes(256)).decode()},
        "unsigned": {"wechatpay-signature": ""},
        "serial": {"wechatpay-serial": "FFFF"},
        "algorithm": {"wechatpay-signature-type": "NONE"},
    }

    with pytest.raises(NotYours):
        wechat.notice(headers | changes.get(what, {}), (body + " " if what == "body" else body).encode())


def test_what_is_no_transaction_is_nothing_of_ours(wechat: WeChat, platform: Platform) -> None:
    body = told(platform, "REFUND.SUCCESS")

    assert wechat.notice(platform.headers(body), body.encode()) is None


@pytest.mark.parametrize(("status", "raised"), [(400, Refused), (403, Refused), (429, Busy), (500, Busy)])
def test_a_refusal_is_told_from_what_may_be_tried_again(
    wechat: WeChat, platform: Platform, status: int, raised: type[Exception]
) -> None:
    platform.answers = [(status, {"code": "NOT_ENOUGH"})]

    with pytest.raises(raised):
        wechat.give_back(PAYMENT, ROW, "ref_1", 400)

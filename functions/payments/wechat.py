"""WeChat Pay v3, by `wechatpayv3`: its signatures, certificates and decryption are that package's.

That package does not ask when a notice was made: here one older than five minutes is refused, as it may have been kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlsplit

from functions.core.keys import Row
from functions.core.payment import Notice
from functions.payments.port import Door, NotYours, Payer, Refused
from functions.storage.store import Busy

TOLERANCE = timedelta(minutes=5)
WORDS_MAX = 120
SUFFIX: Mapping[str, str] = {"native": "", "h5": "h", "jsapi": "j"}
NAME_CHARACTERS = 30  # of a payment's own name; WeChat takes 32
DONE, CONFUSED = range(200, 300), (400, 403, 404)
TIMEOUT = (2, 6)  # seconds to connect, and to answer


@dataclass(frozen=True)
class Merchant:
    """What WeChat Pay gave this merchant; kept as JSON in Secrets Manager.

    `app_secret` is that of the official account `appid`, where people are to pay inside WeChat (sign_in.py).
    """

    appid: str
    mchid: str
    serial: str
    private_key: str
    apiv3_key: str
    public_key: str = ""
    public_key_id: str = ""
    app_secret: str = ""

    @classmethod
    def of(cls, secret: str) -> Merchant:
        """The merchant in a stored secret."""
        return cls(**json.loads(secret))


@dataclass(frozen=True)
class WeChat:
    """Pays with WeChat. `notify_url` is where notices come to; tests name their own `gateway` and certificates."""

    merchant: Merchant
    notify_url: str
    clock: Callable[[], datetime]
    certificates: str = "/tmp/wechatpay"  # noqa: S108 - a function may write nowhere else
    gateway: str = ""
    name: str = "wechat"

    @cached_property
    def _pay(self) -> Any:
        from wechatpayv3 import WeChatPay, WeChatPayType  # cryptography takes a tenth of a second to import

        own = self.merchant
        made = WeChatPay(
            wechatpay_type=WeChatPayType.NATIVE,
            mchid=own.mchid,
            private_key=own.private_key,
            cert_serial_no=own.serial,
            appid=own.appid,
            apiv3_key=own.apiv3_key,
            notify_url=self.notify_url,
            cert_dir=None if own.public_key else self.certificates,
            timeout=TIMEOUT,
            public_key=own.public_key or None,
            public_key_id=own.public_key_id or None,
        )
        if self.gateway:
            made._core._gate_way = self.gateway
        return made

    def begin(self, payment: str, row: Row, words: str, payer: Payer) -> Door:
        """The link that WeChat opens (`weixin://…`), its page for a phone's browser, or what its own script is told.

        Each way has a number of its own: WeChat refuses one number in two ways ("201 商户订单号重复"). Whoever pays in
        both has paid twice, which is told apart by the trade. Inside WeChat it asks for the payer's openid.
        """
        from wechatpayv3 import WeChatPayType

        if payer.way == "jsapi" and not payer.openid:
            raise Refused("openid_needed")
        more: dict[str, Any] = {
            "native": {},
            "h5": {"scene_info": {"payer_client_ip": payer.address, "h5_info": {"type": "Wap"}}},
            "jsapi": {"payer": {"openid": payer.openid}},
        }[payer.way]
        asked = {
            "description": words[:WORDS_MAX],
            "out_trade_no": payment + SUFFIX[payer.way],
            "amount": {"total": row["amount"], "currency": row["currency"]},
            "pay_type": WeChatPayType[payer.way.upper()],
        }
        said = _asked(lambda: self._pay.pay(**asked, **more))
        if payer.way == "jsapi":
            return Door(call=self._call(str(said["prepay_id"])))
        if payer.way == "h5":
            return Door(f"{said['h5_url']}&redirect_url={quote(self._back(row), safe='')}")
        return Door(str(said["code_url"]))

    def _call(self, prepay: str) -> dict[str, str]:
        """What `getBrandWCPayRequest` is told, signed by the merchant's key."""
        stamp, package = str(int(self.clock().timestamp())), f"prepay_id={prepay}"
        nonce = hashlib.sha256(f"{prepay}.{stamp}".encode()).hexdigest()[:32]
        sign = self._pay.sign([self.merchant.appid, stamp, nonce, package])
        return {
            "appId": self.merchant.appid,
            "timeStamp": stamp,
            "nonceStr": nonce,
            "package": package,
            "signType": "RSA",
            "paySign": sign,
        }

    def _back(self, row: Row) -> str:
        """The campaign's page, where WeChat's own page sends people afterwards."""
        return urlsplit(self.notify_url)._replace(path=f"/c/{row['campaign']}").geturl()

    def give_back(self, payment: str, row: Row, refund: str, amount: int) -> None:  # noqa: ARG002 - the port's
        """A refund under our own number: asked again, WeChat answers for the same one."""
        sums = {"refund": amount, "total": row["amount"], "currency": row["currency"]}
        _asked(lambda: self._pay.refund(out_refund_no=refund, transaction_id=row["trade"], amount=sums))

    def notice(self, headers: Mapping[str, str], body: bytes) -> Notice | None:
        """A notice of a transaction; others, such as of refunds, are none of ours."""
        stamp = headers.get("wechatpay-timestamp", "")
        if not stamp.isdigit() or abs(self.clock().timestamp() - int(stamp)) > TOLERANCE.total_seconds():
            raise NotYours
        try:
            said = self._pay.callback(headers=headers, body=body)
        except Exception as error:  # the package raises plain ones for unknown algorithms, serials and bodies
            raise NotYours from error
        if not said:
            raise NotYours
        if not str(said.get("event_type", "")).startswith("TRANSACTION."):
            return None
        trade = said["resource"]
        amount = trade["amount"]
        paid = trade["trade_state"] == "SUCCESS"
        number = str(trade.get("transaction_id", ""))
        payment = str(trade["out_trade_no"])[:NAME_CHARACTERS]
        return Notice(payment, number, int(amount["total"]), str(amount["currency"]), paid)


def _asked(act: Callable[[], tuple[int, str]]) -> dict[str, Any]:
    """What WeChat answers. Raises Refused for what it will never do, Busy for what may be tried again."""
    try:
        status, said = act()
    except OSError as error:  # no answer came: the number is ours, so asking again does nothing twice
        raise Busy("wechat") from error
    content: dict[str, Any] = json.loads(said) if said else {}
    if status in DONE:
        return content
    if status in CONFUSED:
        raise Refused(str(content.get("code", status)))
    raise Busy("wechat")

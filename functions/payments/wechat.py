"""WeChat Pay v3, by `wechatpayv3`: its signatures, certificates and decryption are that package's.

That package does not ask when a notice was made: here one older than five minutes is refused, as it may have been kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from functions.core.keys import Row
from functions.core.payment import Notice
from functions.payments.port import NotYours, Refused
from functions.storage.store import Busy

TOLERANCE = timedelta(minutes=5)
WORDS_MAX = 120
DONE, CONFUSED = range(200, 300), (400, 403, 404)
TIMEOUT = (2, 6)  # seconds to connect, and to answer


@dataclass(frozen=True)
class Merchant:
    """What WeChat Pay gave this merchant; kept as JSON in Secrets Manager."""

    appid: str
    mchid: str
    serial: str
    private_key: str
    apiv3_key: str
    public_key: str = ""
    public_key_id: str = ""

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

    def begin(self, payment: str, row: Row, words: str) -> str:
        """The link that WeChat opens to pay (`weixin://…`)."""
        amount = {"total": row["amount"], "currency": row["currency"]}
        said = _asked(lambda: self._pay.pay(description=words[:WORDS_MAX], out_trade_no=payment, amount=amount))
        return str(said["code_url"])

    def give_back(self, payment: str, row: Row, refund: str, amount: int) -> None:
        """A refund under our own number: asked again, WeChat answers for the same one."""
        sums = {"refund": amount, "total": row["amount"], "currency": row["currency"]}
        _asked(lambda: self._pay.refund(out_refund_no=refund, out_trade_no=payment, amount=sums))

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
        return Notice(str(trade["out_trade_no"]), number, int(amount["total"]), str(amount["currency"]), paid)


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

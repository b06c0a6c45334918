"""WeChat's silent sign-in of an official account (OAuth2, `snsapi_base`): whose WeChat pays, for this payment only.

Nothing is kept of it: paying inside WeChat asks anew each time, and the member sees no question. What comes back is
bound to the session that asked, by a `state` of ours: nobody can have somebody else pay under their WeChat.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from functions.core.tokens import Keyring
from functions.payments.port import Refused
from functions.storage.store import Busy

DOOR = "https://open.weixin.qq.com/connect/oauth2/authorize"
GATEWAY = "https://api.weixin.qq.com"
BACK = "/pay/wechat"
PURPOSE = "wechat_sign_in"
LASTS = timedelta(minutes=10)
TIMEOUT_SECONDS = 4
ANSWER_MAX = 16_384
STATE_CHARACTERS = 32  # of the keyed hash; WeChat takes letters and digits only, 128 at most
AGAIN = (40029, 40163, 41008, 42003)  # a code that is none, was used, is missing, is too old
BUSY = (-1, 45009, 45011)
SIGN_IN_AGAIN = "sign_in_again"


@dataclass(frozen=True)
class SignIn:
    """An official account; tests name their own `gateway`."""

    appid: str
    secret: str
    ring: Callable[[], Keyring]
    base_url: str
    clock: Callable[[], datetime]
    gateway: str = GATEWAY

    def door(self, campaign: str, member: str) -> str:
        """Where WeChat is asked whose it is; it leads back to our own page."""
        asked = {
            "appid": self.appid,
            "redirect_uri": f"{self.base_url}{BACK}?{urlencode({'c': campaign})}",
            "response_type": "code",
            "scope": "snsapi_base",
            "state": self._state(campaign, member, f"{int((self.clock() + LASTS).timestamp()):x}"),
        }
        return f"{DOOR}?{urlencode(asked)}#wechat_redirect"

    def openid(self, code: str, state: str, campaign: str, member: str) -> str:
        """Whose WeChat it is. Raises Refused: `sign_in_again`, or WeChat's own number; Busy may be tried again."""
        until = state[:-STATE_CHARACTERS]
        if not hmac.compare_digest(self._state(campaign, member, until).encode(), state.encode()):
            raise Refused(SIGN_IN_AGAIN)
        if int(until, 16) <= self.clock().timestamp():
            raise Refused(SIGN_IN_AGAIN)
        told = self._asked(code)
        if openid := told.get("openid"):
            return str(openid)
        number = int(told.get("errcode", -1))
        if number in BUSY:
            raise Busy("wechat")
        raise Refused(SIGN_IN_AGAIN if number in AGAIN else f"sign_in_{number}")

    def _state(self, campaign: str, member: str, until: str) -> str:
        ring = self.ring()
        key = ring.secret(PURPOSE, ring.current)
        mac = hmac.new(key, "\n".join((campaign, member, until)).encode(), hashlib.sha256)
        return until + mac.hexdigest()[:STATE_CHARACTERS]

    def _asked(self, code: str) -> dict[str, Any]:
        asked = {"appid": self.appid, "secret": self.secret, "code": code, "grant_type": "authorization_code"}
        url = f"{self.gateway}/sns/oauth2/access_token?{urlencode(asked)}"
        try:
            with urlopen(url, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - WeChat's own host, named here
                told = json.loads(answer.read(ANSWER_MAX))
        except (OSError, ValueError):  # no answer, or no JSON; its own words would hold the secret
            raise Busy("wechat") from None
        return told if isinstance(told, dict) else {}

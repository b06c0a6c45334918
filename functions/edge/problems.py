"""Every error as RFC 9457 problem details with a stable `code`: handlers raise it, and only the door catches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from functions.core.faults import Fault, faults_of
from functions.core.text import Language, Text

MEDIA_TYPE = "application/problem+json"

# code -> (status, title, detail)
PROBLEMS: Mapping[str, tuple[int, Text, Text]] = {
    "malformed_json": (
        400,
        Text(zh="请求读不懂", en="The request cannot be read"),
        Text(zh="请求内容不是有效的 JSON。", en="The body is not valid JSON."),
    ),
    "malformed_form": (
        400,
        Text(zh="请求读不懂", en="The request cannot be read"),
        Text(zh="表单内容读不懂，请返回重填。", en="The form cannot be read. Please go back and fill it in again."),
    ),
    "no_session": (
        401,
        Text(zh="还没有登录", en="No session"),
        Text(zh="请先打开活动页面，或重新登录。", en="Please open the campaign's page first, or sign in again."),
    ),
    "sign_in_refused": (
        401,
        Text(zh="登录没有成功", en="Sign-in refused"),
        Text(
            zh="验证码或邀请码不对，或者已经过期。请重新获取。",
            en="The code is not right or no longer valid. Please ask for a new one.",
        ),
    ),
    "signature_refused": (
        401,
        Text(zh="签名不对", en="Signature refused"),
        Text(
            zh="签名对不上，或者消息已超过 5 分钟。请核对密钥和时钟后重发。",
            en="The signature does not fit, or the message is older than five minutes. Check the secret and the clock.",
        ),
    ),
    "not_yours": (
        403,
        Text(zh="没有权限", en="Not yours"),
        Text(zh="这一步不是给你的身份用的。", en="This is not for the kind of session you have."),
    ),
    "cross_site": (
        403,
        Text(zh="没有权限", en="Not yours"),
        Text(zh="请在活动页面里操作。", en="Please do this on the campaign's own page."),
    ),
    "not_found": (
        404,
        Text(zh="没有这个地址", en="Not found"),
        Text(zh="这里什么也没有。", en="There is nothing at this address."),
    ),
    "unknown_campaign": (
        404,
        Text(zh="没有这个活动", en="Unknown campaign"),
        Text(zh="没有这个活动，或者还没有上线。", en="There is no such campaign, or it has not been published."),
    ),
    "unknown_event_kind": (
        404,
        Text(zh="没有这一步", en="Unknown kind of event"),
        Text(zh="这个活动没有这种操作。", en="This campaign does not take this kind of event."),
    ),
    "unknown_coupon": (
        404,
        Text(zh="没有这张券", en="Unknown coupon"),
        Text(zh="“我的奖励”里没有这张券。", en="There is no such coupon in your rewards."),
    ),
    "unknown_item": (
        404,
        Text(zh="查不到这个码", en="Unknown code"),
        Text(
            zh="这个码不是我们生成的，请留意商品来源。",
            en="This code was not made by us. Please mind where the item comes from.",
        ),
    ),
    "unknown_purpose": (
        404,
        Text(zh="没有这一项", en="Unknown purpose"),
        Text(zh="没有这一项同意可以更改。", en="There is no such consent to change."),
    ),
    "event_id_reused": (
        409,
        Text(zh="请求编号已用过", en="Event id reused"),
        Text(
            zh="这个请求编号已用于别的内容，什么也没有改变。",
            en="This event id was used for something else. Nothing was changed.",
        ),
    ),
    "too_large": (
        413,
        Text(zh="内容太大", en="Too large"),
        Text(zh="请求内容超过了这里的上限。", en="The body is larger than this address takes."),
    ),
    "unsupported_media_type": (
        415,
        Text(zh="格式不支持", en="Unsupported media type"),
        Text(
            zh="请用 application/json；页面的表单用 application/x-www-form-urlencoded。",
            en="Use application/json; the forms of pages, application/x-www-form-urlencoded.",
        ),
    ),
    "invalid": (
        422,
        Text(zh="有填得不对的地方", en="Some fields are not right"),
        Text(zh="请看看标出的地方。", en="Please look at the fields named below."),
    ),
    "nickname_refused": (
        422,
        Text(zh="昵称不合适", en="Nickname refused"),
        Text(
            zh="昵称最多 16 个字，只能用文字、数字、表情和空格，不写网址、电话或账号。",
            en="A nickname takes at most 16 letters, digits, emoji and spaces, and no links, phone or account numbers.",
        ),
    ),
    "nickname_too_early": (
        422,
        Text(zh="还没有参加活动", en="Not in anything yet"),
        Text(
            zh="参加一个活动，或用手机号登录以后，就可以取昵称了。",
            en="Take part in something, or sign in by phone; then you can choose a nickname.",
        ),
    ),
    "upload_missing": (
        422,
        Text(zh="没有收到图片", en="The picture is missing"),
        Text(zh="没有收到图片，请重新上传。", en="The picture did not arrive. Please upload it again."),
    ),
    "no_code_in_picture": (
        422,
        Text(zh="照片里没有二维码", en="No code in that picture"),
        Text(
            zh="照片里没认出二维码。靠近一点、拿稳再拍一张，或者输入券码。",
            en="No QR code can be read in that picture. Go closer, hold still and take it again, or type the code.",
        ),
    ),
    "limited": (
        429,
        Text(zh="太频繁了", en="Too many requests"),
        Text(zh="太频繁了，过一会儿再试。", en="That was a little fast. Please try again in a moment."),
    ),
    "busy": (
        429,
        Text(zh="人有点多", en="Busy"),
        Text(
            zh="人有点多，再点一次就行，不会重复计算。",
            en="Too many people at once. Try again: nothing is counted twice.",
        ),
    ),
    "internal": (
        500,
        Text(zh="出了点问题", en="Something went wrong"),
        Text(
            zh="是我们的问题，请稍后再试，不会重复计算。",
            en="This is on us. Try again later: nothing is counted twice.",
        ),
    ),
}


class Problem(Exception):
    """A request that cannot be served. `errors` are faults at their places; `retry_after` is in seconds."""

    def __init__(self, code: str, *, errors: Sequence[Fault] = (), retry_after: int = 0, detail: Text | None = None):
        super().__init__(code)
        self.code = code
        self.status, self.title, self.detail = PROBLEMS.get(code, PROBLEMS["invalid"])
        self.detail = detail or self.detail
        self.errors = list(errors)
        self.retry_after = retry_after

    def content(self, language: Language) -> dict[str, Any]:
        """The problem details' members."""
        content: dict[str, Any] = {
            "type": f"urn:pond:problem:{self.code}",
            "title": self.title.in_(language),
            "status": self.status,
            "code": self.code,
            "detail": self.detail.in_(language),
        }
        if self.errors:
            content["errors"] = [
                {"path": fault.path, "code": fault.code, "message": fault.message.in_(language)}
                for fault in self.errors
            ]
        return content

    @property
    def headers(self) -> dict[str, str]:
        """The answer's headers."""
        headers = {"Cache-Control": "no-store"}
        return headers | ({"Retry-After": str(self.retry_after)} if self.retry_after else {})


def invalid(error: ValidationError, prefix: str) -> Problem:
    """A model's findings as a problem; `prefix` is where the model stands in the body."""
    return Problem("invalid", errors=faults_of(error, prefix))


def at_place(path: str, code: str, message: Text, problem: str = "invalid") -> Problem:
    """A problem with one field."""
    return Problem(problem, errors=[Fault(path, code, message)], detail=message)

"""Answers of the pages function, with the headers that keep a page to itself."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from functions.core.text import Text
from functions.pages import render
from functions.pages.ask import Ask

Answer = dict[str, Any]
HTML = "text/html; charset=utf-8"
WALLET = Text(zh="我的奖励", en="My rewards")

MISSING: Mapping[str, tuple[Text, Text]] = {
    "unknown_campaign": (
        Text(zh="没有这个活动", en="There is no such campaign"),
        Text(
            zh="链接可能写错了，活动也可能还没上线，或者已经删除。",
            en="The link may be mistyped, or the campaign is not published yet or has been removed.",
        ),
    ),
    "no_board": (
        Text(zh="这个活动没有排行榜", en="This campaign has no leaderboard"),
        Text(zh="打卡记录都还在，回活动页就能看到。", en="Your days are kept. They are on the campaign's page."),
    ),
    "no_reminder": (
        Text(zh="现在没有提醒可加", en="There is no reminder to add now"),
        Text(
            zh="活动可能暂停或结束了，也可能没有设提醒。",
            en="The campaign may be paused or over, or it offers no reminder.",
        ),
    ),
    "browser_needed": (
        Text(zh="请用浏览器打开", en="Please open this in your browser"),
        Text(
            zh="微信里加不了日历。点右上角“···”，选“在浏览器打开”，就能把提醒加进手机日历。",
            en="WeChat cannot add to calendars. Tap “···” above, then “Open in browser” to add the reminder.",
        ),
    ),
    "not_found": (
        Text(zh="这里什么也没有", en="There is nothing here"),
        Text(zh="链接可能写错了，请再扫一次二维码。", en="The link may be mistyped. Please scan the code again."),
    ),
    "unknown_coupon": (
        Text(zh="没有这张券", en="There is no such coupon"),
        Text(
            zh="“我的奖励”里没有这张券，可能是在另一部手机上得到的。",
            en="It is not in your rewards. Perhaps another phone has it.",
        ),
    ),
    "unknown_certificate": (
        Text(zh="没有这张证书", en="There is no such certificate"),
        Text(
            zh="你的奖励里没有这张证书，可能是在另一部手机上得到的，或者已经撤回。",
            en="It is not among your rewards. Perhaps another phone has it, or it was withdrawn.",
        ),
    ),
    "broken_link": (
        Text(zh="这个链接打不开了", en="This link does not open any more"),
        Text(
            zh="它可能过期了，或者没有复制完整。请再扫一次活动的二维码。",
            en="It may have expired, or was not copied in full. Please scan the campaign's code again.",
        ),
    ),
    "signed_out": (
        Text(zh="登录已经过期", en="Your sign-in has expired"),
        Text(
            zh="再登录一次就能接着用，奖励没有丢。",
            en="Sign in again to go on. Your rewards are not lost.",
        ),
    ),
    "no_session": (
        Text(zh="还没有参加过活动", en="You have not taken part yet"),
        Text(zh="先扫活动的二维码参加，再来这里。", en="Scan a campaign's code first, then come back."),
    ),
    "nowhere_now": (
        Text(zh="这里暂时没有内容", en="There is nothing here just now"),
        Text(zh="二维码没有错，请过一阵再扫。", en="The code is right. Please scan it again later."),
    ),
    "busy": (
        Text(zh="人有点多", en="It is busy right now"),
        Text(zh="请稍等几秒再打开。什么也没有丢。", en="Please open this again in a few seconds. Nothing is lost."),
    ),
    "internal": (
        Text(zh="出了点问题", en="Something went wrong"),
        Text(
            zh="是我们的问题，请稍后再试。什么也没有丢。", en="This is on us. Please try again later. Nothing is lost."
        ),
    ),
}
STATUS = {"busy": 503, "internal": 500, "no_session": 401, "signed_out": 401, "browser_needed": 200}
WITHIN_CAMPAIGN = ("no_board", "no_reminder", "browser_needed")  # pages of `/c/{campaign_id}/`
SIGN_IN = Text(zh="用手机号登录", en="Sign in by phone")
CAMPAIGN = Text(zh="回到活动", en="Back to the campaign")
AGAIN = Text(zh="再打开一次", en="Open it again")


def html(ask: Ask, body: str, status: int = 200, form_origins: Sequence[str] = ()) -> Answer:
    """A page: never cached, framed or sniffed; runs and styles only what carries its nonce."""
    headers = {
        "Content-Type": HTML,
        "Content-Security-Policy": policy(ask.nonce, form_origins),
        "Referrer-Policy": "same-origin",  # stricter, and a form's Origin would be "null"
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cache-Control": "no-store",
        "Content-Language": "zh-CN" if ask.language == "zh" else "en",
        "Vary": "Cookie, Accept-Language",
    }
    return _answer(status, headers, body) | {"cookies": ask.set_cookies}


def missing(ask: Ask, code: str, status: int = 404) -> Answer:
    """A page that says what is not there and offers one way out; its status is the code's own."""
    title, detail = MISSING[code]
    way_out, name = onward(ask.path, code)
    content: dict[str, Any] = {"title": title, "detail": detail, "way_out": way_out, "way_out_name": name}
    return html(ask, render.page("error.html", ask.frame(), **content), STATUS.get(code, status))


def onward(here: str, code: str) -> tuple[str, Text]:
    """The one thing to do next: try again what may succeed, sign in where that is what is missing."""
    if code == "signed_out":
        return "/me/sign-in", SIGN_IN
    if code in WITHIN_CAMPAIGN:
        return here.rpartition("/")[0], CAMPAIGN
    return (here, AGAIN) if code in ("busy", "internal") else ("/me", WALLET)


def elsewhere(place: str) -> Answer:
    """Sends the visitor to `place`; nobody may keep the way, for it may be another tomorrow."""
    return _answer(302, {"Location": place, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}, "")


def no_such_route(ask: Ask) -> Answer:
    """For programs: an address of the API or a hook that no route has; the gateway's last route leads here."""
    # Brings the API's framework along, for what no page asks.
    from functions.edge.problems import MEDIA_TYPE, Problem

    problem = Problem("not_found")
    content = json.dumps(problem.content(ask.language), ensure_ascii=False)
    return _answer(problem.status, {"Content-Type": MEDIA_TYPE, **problem.headers}, content)


def picture(body: str, seconds: int = 0) -> Answer:
    """An SVG of ours; kept for `seconds`."""
    headers = {
        "Content-Type": "image/svg+xml",
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": f"public, max-age={seconds}, immutable" if seconds else "no-store",
    }
    return _answer(200, headers, body)


def photograph(data: bytes, content_type: str, cache: str) -> Answer:
    """A picture of pixels, which no cookie or language changes."""
    headers = {
        "Content-Type": content_type,
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": cache,
    }
    return _answer(200, headers, base64.b64encode(data).decode()) | {"isBase64Encoded": True}


def calendar(data: bytes) -> Answer:
    """A file for the reader's calendar, kept for a minute; some browsers get a page in its place."""
    headers = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": 'inline; filename="reminder.ics"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=60",
        "Vary": "User-Agent",
    }
    return _answer(200, headers, data.decode())


def policy(nonce: str, form_origins: Sequence[str] = ()) -> str:
    """The content security policy of a page."""
    ways = " ".join(["'self'", *form_origins])
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self' data:; "
        f"connect-src {ways}; form-action {ways}; frame-ancestors 'none'; base-uri 'none'"
    )


def _answer(status: int, headers: Mapping[str, str], body: str) -> Answer:
    return {"statusCode": status, "headers": dict(headers), "body": body, "isBase64Encoded": False}

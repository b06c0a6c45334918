"""Pages: every GET that a person opens. The function's role reads only, so no visit can change anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from functions.core.channels import LIVE_CODE
from functions.edge import logs
from functions.edge.service import Service, from_environment
from functions.pages import (
    answers,
    campaigns,
    counter,
    coupons,
    media,
    members,
    pay,
    posters,
    render,
    staff,
)
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.storage.store import Busy, Unknown

Page = Callable[..., Answer]
ID = r"([A-Za-z0-9_\-]{1,64})"
TOKEN = r"([A-Za-z0-9_.\-]{1,2048})"
YEAR_SECONDS = 31_536_000


def home(ask: Ask) -> Answer:
    """`GET /`: says what this is and where one's own things are."""
    return answers.html(ask, render.page("home.html", ask.frame()))


def icon(_: Ask) -> Answer:
    """`GET /static/icon.svg`: all else is inside the pages."""
    return answers.picture(render.static("icon.svg"), YEAR_SECONDS)


def board(ask: Ask, campaign_id: str) -> Answer:
    """`GET /c/…/board`: a leaderboard, which not every campaign has."""
    from functions.pages.board import board_page

    return board_page(ask, campaign_id)


def reminder(ask: Ask, campaign_id: str) -> Answer:
    """`GET /c/…/reminder.ics`: a file for the reader's own calendar."""
    from functions.pages.reminder import reminder_file

    return reminder_file(ask, campaign_id)


def item(ask: Ask, rest: str) -> Answer:
    """`GET /i/…`: an item's page. Links bring GS1's table along: only who scanned an item waits for it."""
    from functions.pages.items import item_page

    return item_page(ask, rest)


def certificate(ask: Ask, certificate_id: str) -> Answer:
    """`GET /me/certificates/{id}`: few have one, and only they wait for it."""
    from functions.pages.certificates import certificate_page

    return certificate_page(ask, certificate_id)


def check(ask: Ask, token: str) -> Answer:
    """`GET /v/{token}`: whether a certificate is one of ours."""
    from functions.pages.certificates import check_page

    return check_page(ask, token)


def certificate_picture(ask: Ask, token: str) -> Answer:
    """`GET /v/{token}/picture.jpg`: the certificate, drawn by the server."""
    from functions.pages.certificates import picture

    return picture(ask, token)


def live_code(ask: Ask, code: str) -> Answer:
    """`GET /q/{code}`: where a live code leads. What it is made of takes long to load: only who scanned one waits."""
    from functions.pages.live_codes import live_code_page

    return live_code_page(ask, code)


def digital_link(ask: Ask, _: str) -> Answer:
    """`GET /01/…`, and compressed `/eh…` and `/ex…`: a GS1 Digital Link."""
    from functions.pages import links

    return links.options(ask) if ask.method == "OPTIONS" else links.digital_link(ask)


def resolver(ask: Ask) -> Answer:
    """`GET /.well-known/gs1resolver`: what this resolver is."""
    from functions.pages import links

    return links.options(ask) if ask.method == "OPTIONS" else links.description(ask)


OPEN_TO_SITES = (digital_link, resolver)  # any site may ask these, and ask whether it may
PAGES: tuple[tuple[re.Pattern[str], Page], ...] = tuple(
    (re.compile(path), page)
    for path, page in (
        ("/", home),
        (f"/c/{ID}", campaigns.campaign_page),
        (f"/c/{ID}/board", board),
        (rf"/c/{ID}/reminder\.ics", reminder),
        (f"/c/{ID}/poster", posters.poster_page),
        (rf"/c/{ID}/poster\.jpg", posters.poster_picture),
        (rf"/s/{TOKEN}", campaigns.shared_page),
        (rf"/s/{TOKEN}/poster", posters.share_page),
        (rf"/s/{TOKEN}/poster\.jpg", posters.share_picture),
        (f"/q/({LIVE_CODE})", live_code),
        (r"/pay/([A-Za-z0-9_.\-]{1,2048})", pay.pay_page),
        ("/me", members.wallet_page),
        ("/me/sign-in", members.sign_in_page),
        ("/me/erase", members.erase_page),
        (f"/me/coupons/{ID}", coupons.coupon_page),
        (rf"/me/coupons/{ID}/qr\.svg", coupons.coupon_code),
        (f"/me/certificates/{ID}", certificate),
        (rf"/v/{TOKEN}/picture\.jpg", certificate_picture),
        (rf"/v/{TOKEN}", check),
        ("/privacy", members.privacy_page),
        ("/staff", staff.staff_page),
        ("/staff/pay", counter.counter_page),
        (r"/i/(\S{1,400})", item),
        (r"/01/(\S{1,1500})", digital_link),
        (r"/(e[hx][A-Za-z0-9_\-]{14,400})", digital_link),
        (r"/\.well-known/gs1resolver", resolver),
        (r"/static/icon\.svg", icon),
        (r"/media/(pic_[0-9a-z]{26}\.(?:jpg|png))", media.picture),
    )
)


def entry(service_of: Callable[[], Service] = from_environment) -> Callable[[Mapping[str, Any], Any], Answer]:
    """The Lambda handler; tests bring their service."""

    def handler(event: Mapping[str, Any], _: Any) -> Answer:
        ask = Ask.of(service_of(), event)
        answer = _answered(ask)
        _write_log(ask, event, answer["statusCode"])
        return answer

    return handler


def _answered(ask: Ask) -> Answer:
    """The page, or a page that says what went wrong: the pages' one mapper."""
    try:
        return _page(ask)
    except (Busy, Unknown):
        return answers.missing(ask, "busy")
    except Exception as error:  # noqa: BLE001 a person is shown a page, never a trace; the log has it
        ask.service.write_log(logs.failure(error, service=ask.service.settings.function))
        return answers.missing(ask, "internal")


def _page(ask: Ask) -> Answer:
    method = ask.method
    for pattern, page in PAGES if method in ("GET", "HEAD", "OPTIONS") else ():
        found = pattern.fullmatch(ask.path.rstrip("/") or "/")
        if found and (method != "OPTIONS" or page in OPEN_TO_SITES):
            answer = page(ask, *found.groups())
            return answer | {"body": ""} if method == "HEAD" and page in OPEN_TO_SITES else answer
    is_programs = ask.path.startswith(("/api/", "/hooks/"))
    return answers.no_such_route(ask) if is_programs else answers.missing(ask, "not_found")


def _write_log(ask: Ask, event: Mapping[str, Any], status: int) -> None:
    context = event["requestContext"]
    fields = {"route": event.get("routeKey", ""), "status": status, "request_id": context.get("requestId", "")}
    ask.service.write_log(logs.line("request", service=ask.service.settings.function, **fields))


handler = entry()

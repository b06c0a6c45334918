"""A certificate: to its owner a picture to keep; to whoever checks its link, whether it is one of ours. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from functions.core import keys
from functions.core.campaign import Definition
from functions.core.ids import derived_id, is_id
from functions.core.keys import Key, Row
from functions.core.nickname import NICKNAME_MAX
from functions.core.text import Language
from functions.core.tokens import BadToken
from functions.edge import certificates
from functions.edge.language import language_of
from functions.pages import answers, formats, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.pages.members import notice
from functions.pages.notices import Notice
from functions.pages.render import Frame, placeholders

if TYPE_CHECKING:
    from functions.drawing.certificates import Certificate

KIND = "certificate"
TAIL = 2  # characters of a made-up id that stand for a member without a nickname
MARK = 6  # characters that tell one name from another
PRIVATE = "private, no-store"  # a holder may take another name, or go


@dataclass(frozen=True)
class Said:
    """What is on a certificate, in one language; `to` stands before the holder, whose `nickname` may be empty."""

    title: str
    to: str
    holder: str
    sentence: str
    issuer: str
    campaign: str
    day: str
    number: str
    colour: str
    nickname: str = ""


def certificate_page(ask: Ask, certificate: str) -> Answer:
    """`GET /me/certificates/{id}`: the picture, and the link that proves it."""
    mine = is_id("grant", certificate) and bool(ask.member)
    found = _found(ask, keys.wallet(ask.member, KIND, certificate), ask.language) if mine else None
    if found is None:
        return answers.missing(ask, "signed_out" if ask.is_expired else "unknown_certificate")
    token = certificates.sealed(ask.service.keys.ring(ask.at), ask.member, certificate)
    return answers.html(ask, shown(ask.frame(), found, f"/v/{token}", notice(ask)))


def shown(frame: Frame, said: Said, link: str, told: Notice | None = None) -> str:
    """The owner's page around a picture, where the name on it can be changed. Pure."""
    # A page put in place by the script shows a picture that it knows by its address, whatever that says of caching.
    mark = derived_id("n", said.holder)[-MARK:]
    picture = f"{link}/picture.jpg?{urlencode({'lang': frame.language, 'n': mark})}"
    content: dict[str, Any] = {"said": said, "link": link, "picture": picture, "notice": told}
    return render.page("certificate.html", frame, colour=said.colour, nickname_max=NICKNAME_MAX, **content)


def check_page(ask: Ask, token: str) -> Answer:
    """`GET /v/{token}`: genuine, withdrawn, or none of ours; that one is told before anything is read."""
    try:
        key = certificates.opened(ask.service.keys, token, ask.at)
    except BadToken:
        return answers.html(ask, verdict(ask.frame(), "unknown"), 404)
    found = _found(ask, key, ask.language)
    return answers.html(ask, verdict(ask.frame(), "genuine" if found else "withdrawn", found))


def verdict(frame: Frame, state: str, said: Said | None = None) -> str:
    """What a check comes to. Pure."""
    return render.page("certificate_check.html", frame, state=state, said=said)


def picture(ask: Ask, token: str) -> Answer:
    """`GET /v/{token}/picture.jpg`: `?lang=`. By the token, for phones fetch what they save without a cookie."""
    language = language_of(ask.query, {}, "")
    try:
        found = _found(ask, certificates.opened(ask.service.keys, token, ask.at), language)
    except BadToken:
        found = None
    if found is None:
        return answers.missing(ask, "broken_link")
    from functions.drawing.certificates import jpeg  # Pillow takes 80 ms to import: only this answer needs it

    return answers.photograph(jpeg(sheet(language, found, f"{ask.base_url}/v/{token}")), "image/jpeg", PRIVATE)


def sheet(language: Language, said: Said, url: str) -> Certificate:
    """What the picture shows. A name that the font has no letter of gives way to the usual words."""
    from functions.drawing.certificates import Certificate
    from functions.drawing.lettering import printable

    return Certificate(
        title=said.title,
        to=said.to,
        holder=said.holder if printable(said.holder) else formats.say(language, "会员", "A member"),
        sentence=said.sentence,
        issuer=said.issuer,
        day=said.day,
        number=formats.say(language, "编号 {n}", "No. {n}", n=said.number),
        hint=formats.say(language, "扫码验真", "Scan to check"),
        url=url,
        colour=said.colour,
    )


def _found(ask: Ask, key: Key, language: Language) -> Said | None:
    """What is on the certificate there; None where there is none any more. One round, and the version once."""
    named = keys.nickname(key.parts[0])
    rows = ask.service.store.read([key, named])
    row = rows[key]
    version = ask.service.live.version(row["campaign"], row["version"]) if row else None
    if row is None or version is None:
        return None
    config = _config(ask, version.definition, row)
    return said_on(language, version.definition, config, row, key.parts[0], (rows[named] or {}).get("name", ""))


def _config(ask: Ask, definition: Definition, row: Row) -> Any:
    kind = ask.service.catalogue.reward(KIND)
    return kind.Config.model_validate(definition.reward(row["reward"]).config)


def said_on(language: Language, definition: Definition, config: Any, row: Row, member: str, nickname: str = "") -> Said:
    """The words of a certificate; what a marketer left out has words of ours. Pure."""
    values = placeholders(language, definition)
    return Said(
        title=formats.words(language, config.title, values) or formats.say(language, "证书", "Certificate"),
        to=formats.say(language, "授予", "Presented to"),
        holder=nickname or _unnamed(language, member),
        sentence=formats.words(language, config.sentence, values),
        issuer=formats.words(language, config.issuer, values) or values["organiser"],
        campaign=values["campaign"],
        day=formats.day(language, row["day"], True),
        number=row["number"],
        colour=definition.page.colour,
        nickname=nickname,
    )


def _unnamed(language: Language, member: str) -> str:
    """The end of a number that says nothing of the member."""
    return formats.say(language, "会员 ••{tail}", "Member ••{tail}", tail=member[-TAIL:].upper())

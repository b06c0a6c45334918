"""One member, in a drawer: points, rewards, campaigns, consents. No phone number: none is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import streamlit as st

from ui.components.people import leaving, rights, segment_list
from ui.components.people.people_desk import Person
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import bold, day_words, long_day, plain_words, until, when

LINES = 12


def open_drawer(shop: Shop, person: Person) -> None:
    """The drawer, from the right. Its own buttons draw it alone: what they changed it reads anew."""

    @st.dialog(_("Member ending in {who}").format(who=leaving.tail(person)), position="right", on_dismiss=leaving.close)
    def drawer() -> None:
        now = st.session_state.get(leaving.SHOWN)
        if now is None:
            st.rerun()  # erased: the page behind says so
        if st.session_state.get(leaving.ERASING):
            leaving.erase(shop, now)
        elif step := st.session_state.get(leaving.RIGHT):
            rights.draw(shop, now, step)
        else:
            _person(shop, now)

    drawer()


def _person(shop: Shop, person: Person) -> None:
    leaving.wrong()
    rights.came()
    if person.get("nickname"):
        st.markdown(_("Nickname: {name}").format(name=bold(person["nickname"])))
    st.caption(_("Member ID"))
    st.code(person["member"], language=None)
    st.markdown(_phone(person))
    if person.get("came_through"):
        st.markdown(_("First came through {door}").format(door=f"**{plain_words(person['came_through'])}**"))
    with st.container(horizontal=True):
        for tag in person.get("tags", []):
            st.badge(plain_words(tag), icon=":material/sell:")
    if person.get("stage"):
        _stage(person)
    counted = {
        _("Points"): person["points"],
        _("Rewards"): len(person["wallet"]),
        _("Campaigns"): len(person["campaigns"]),
    }
    with st.grid("auto", min_column_width=90):
        for name, number in counted.items():
            st.metric(name, number)
    if names := segment_list.names_of(shop, person):
        with st.container(horizontal=True, gap="small"):
            st.caption(_("Segments"), width="content")
            for name in names:
                st.badge(plain_words(name), color="blue")
    _section(_("Timeline"), person.get("timeline", []), _step, _("Nothing has happened yet."))
    _section(_("Rewards"), person["wallet"], _reward, _("No rewards yet."))
    rights.begin()
    _section(_("Points ledger"), person["ledger"], _line, _("No points yet."))
    _section(_("Campaigns"), person["campaigns"], _campaign, _("Has not taken part in anything."))
    _section(_("Consents"), person["consents"], _consent, _("Has agreed to nothing."))
    leaving.actions(shop, person)


def _stage(person: Person) -> None:
    """How far they have come, and what that rests on."""
    stages = stage_words()
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for stage, words in stages.items():
            here = stage == person["stage"]
            st.badge(words, color="primary" if here else "gray", icon=":material/check:" if here else None)
    st.caption(f"{plain_words(person['stage_why'])} → {stages[person['stage']]}")


def stage_words() -> dict[str, str]:
    """The four stages (AIPL), in their order."""
    return {
        "awareness": _("Awareness"),
        "interest": _("Interest"),
        "purchase": _("Purchase"),
        "loyalty": _("Loyalty"),
    }


def _phone(person: Person) -> str:
    if not person["phones"]:
        return _("A guest: has not signed in with a phone number.")
    return _("Signed in with a phone number. Only a keyed hash of it is stored, so there is nothing to reveal.")


def _section(title: str, lines: list[Any], draw: Callable[[Any], None], nothing: str) -> None:
    st.subheader(title)
    if not lines:
        st.caption(nothing)
    for line in lines[:LINES]:
        draw(line)
    if len(lines) > LINES:
        with st.expander(_("{n} more").format(n=len(lines) - LINES)):
            for line in lines[LINES:]:
                draw(line)


def _step(step: Mapping[str, Any]) -> None:
    points = _(" · {n} points").format(n=f"{step['points']:+d}") if step["points"] else ""
    with st.container(gap=None):
        st.markdown(f"{plain_words(step['what'])}{points}")
        st.caption(" · ".join(filter(None, (plain_words(step["where"]), _time(step["at"])))))


def _reward(entry: Mapping[str, Any]) -> None:
    kept = entry.get("day")  # for good, with nothing to use
    words, colour = (day_words(date.fromisoformat(kept), language()), "gray") if kept else _status(entry["status"])
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        value = f" · {plain_words(entry['value'])}" if entry["kind"] == "coupon" else ""
        st.markdown(f"{plain_words(entry['name'])}{value}", width="content")
        st.badge(words, color=colour)  # type: ignore[arg-type]
    if used := entry.get("used"):
        store, at = plain_words(used["store"]), _time(used["at"])
        st.caption(_("Used {time} in {store}").format(time=at, store=store))
    elif last := entry.get("last_day"):
        st.caption(_("Valid through {day}").format(day=long_day(date.fromisoformat(last), language())))
    elif ends := entry.get("valid_until"):
        st.caption(_("Until {time}").format(time=until(datetime.fromisoformat(ends), _zone(), language())))
    if entry["kind"] == "entitlement" and entry["status"] == "available":
        rights.taking(entry)


def _status(status: str) -> tuple[str, str]:
    """A reward's state in a word and a colour."""
    known = {
        "available": (_("Can be used"), "green"),
        "not_yet": (_("Not yet"), "blue"),
        "used": (_("Used"), "gray"),
        "expired": (_("Expired"), "gray"),
        "void": (_("Void"), "red"),
    }
    return known.get(status, (status, "gray"))


def _line(line: Mapping[str, Any]) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.markdown(f"**{line['points']:+d}** · {plain_words(line['name'])}", width="content")
        st.caption(_time(line["at"]), width="content")


def _campaign(part: Mapping[str, Any]) -> None:
    left = _(" · has left") if part["left"] else ""
    said = _("Joined {time}").format(time=_time(part["joined_at"]))
    last = _(" · last seen {time}").format(time=_time(part["last_at"])) if part["last_at"] else ""
    with st.container(gap=None):
        st.markdown(f"{plain_words(part['name'])}{left}")
        st.caption(said + last)


def _consent(consent: Mapping[str, Any]) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        name = _("Marketing messages") if consent["purpose"] == "messages" else consent["name"]
        st.markdown(plain_words(name), width="content")
        live = consent["live"]
        st.badge(_("Agreed") if live else _("Taken back"), color="green" if live else "gray")
    st.caption(_time(consent["at"]))


def _time(at: str) -> str:
    return when(datetime.fromisoformat(at), _zone(), language())


def _zone() -> str:
    return st.context.timezone or "Asia/Shanghai"

"""The door of the screens: signing in, and plain words for who is not let in."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from functions.core.workspace import ROLES, Role
from ui import sign_in
from ui.i18n import _, language
from ui.shop import Shop, clock_now, told
from ui.sign_in_file import NEEDED
from ui.words import plain_words

WANTED = "pond_wanted"  # the cookie that brings one back to where one was going
DOOR_PIXELS, DOOR_SIGN_PIXELS = 480, 48
DOOR_SIGN = str(Path(__file__).with_name("pond.svg"))
PLACE = re.compile(r"/[a-z]{0,20}")
PAGES = Path(__file__).with_name("app_pages")
KEPT = {"c", "lang", "step", "q"}
REMEMBER = (
    "<script>if (location.pathname !== '/') document.cookie = '" + WANTED + "=' + "
    "encodeURIComponent(location.pathname + location.search) + '; path=/; max-age=900; samesite=lax'</script>"
)
FORGET = f"<script>document.cookie = '{WANTED}=; path=/; max-age=0; samesite=lax'</script>"


def closed() -> bool:
    """Draws the door and says True where nobody is let in; False where the page may go on."""
    settings = told()
    if settings is None or settings.is_open:
        return False
    if settings.is_shut:
        _shut()
        return True
    now = clock_now()
    if not sign_in.signed_in(now):
        _sign_in(over=sign_in.expired(now))
        return True
    return False


def stranger() -> None:
    """Somebody signed in whom nobody put on the list."""
    with _doorway(_("You are not on the list yet")):
        _who_is_it()


def _who_is_it() -> None:
    said = str(st.user.get("email") or st.user.get("name") or st.user.get("sub") or "—")
    st.write(
        _("You signed in as {who}. Ask an admin to add this address under Settings.").format(who=plain_words(said))
    )
    if st.user.get("email") and st.user.get("email_verified") not in (True, "true"):
        st.caption(_("The issuer does not say that it has verified this address, so it does not count."))
    st.button(_("Sign in as someone else"), key="btn_sign_out", on_click=st.logout)


def arrive(here: str) -> None:
    """After signing in, which always ends on the first page: on to where one was going."""
    settings, wanted = told(), st.context.cookies.get(WANTED)
    if settings is None or not settings.issuer or not isinstance(wanted, str) or st.session_state.get("st_arrived"):
        return
    st.session_state["st_arrived"] = True
    st.html(FORGET, unsafe_allow_javascript=True)
    going = place(unquote(wanted))
    if going is not None and not here and (PAGES / f"{going[0]}.py").is_file():
        st.switch_page(f"{PAGES.name}/{going[0]}.py", query_params=going[1])


def place(wanted: str) -> tuple[str, dict[str, str]] | None:
    """A path of ours and the parameters that we know; None for anything else."""
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or not PLACE.fullmatch(parts.path):
        return None
    return parts.path.strip("/"), {name: value[:80] for name, value in parse_qsl(parts.query) if name in KEPT}


def _doorway(title: str) -> DeltaGenerator:
    """A card in the middle of the page."""
    with st.container(horizontal_alignment="center"):
        door = st.container(border=True, width=DOOR_PIXELS, gap="small", key="door")
    with door:
        st.image(DOOR_SIGN, width=DOOR_SIGN_PIXELS, alt="")
        st.title(title)
    return door


def _shut() -> None:
    with _doorway(_("These screens are closed")):
        st.write(
            _(
                "Sign-in has not been set up, or not completely, so nobody can get in. "
                "A deployed stage stays closed until it is."
            )
        )
        st.code("\n".join(f"{name}=…" for name in (*NEEDED, "POND_ADMIN")), language=None)
        st.caption(_("Set these and start again. docs/operate.md says what each is for."))


def _sign_in(*, over: bool) -> None:
    with _doorway("Pond 池塘"):
        if over:
            st.info(_("Your sign-in is over. What you typed is kept; sign in to go on where you were."))
        else:
            st.write(_("Campaigns that people enjoy coming back to. Sign in with your work account."))
        st.button(
            _("Sign in"), type="primary", icon=":material/login:", key="btn_sign_in", on_click=st.login, width="stretch"
        )
    st.html(REMEMBER, unsafe_allow_javascript=True)


def role_words(role: Role) -> str:
    """What a role is called."""
    words = {"viewer": _("Viewer"), "editor": _("Editor"), "approver": _("Approver"), "admin": _("Admin")}
    return words[role]


def person(shop: Shop) -> None:
    """In the sidebar: who sits here; where nobody signs in, that, in red, and whom to be for a while."""
    if not shop.dev_mode:
        st.caption(plain_words(f"{shop.who.name} · {role_words(shop.who.role)}"))
        st.button(_("Sign out"), type="tertiary", icon=":material/logout:", key="btn_sign_out", on_click=st.logout)
        return
    st.markdown(":red[:material/lock_open: " + _("Nobody signs in here: anyone who opens this may do anything.") + "]")
    key, people = f"person_{language()}", sign_in.stand_ins(shop.settings)
    names = {role: f"{role_words(role)} · {people[role].name}" for role in reversed(ROLES)}
    st.selectbox(
        _("Try it as"),
        list(names),
        index=list(names).index(shop.who.role),
        format_func=names.__getitem__,
        key=key,
        on_change=lambda: st.session_state.update({sign_in.CHOSEN: st.session_state[key]}),
    )

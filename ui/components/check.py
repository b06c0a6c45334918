"""The last step: what stands in the way, what must be confirmed by name, and publishing."""

from __future__ import annotations

import streamlit as st

from functions.core.campaign import Definition, SignOff
from functions.core.faults import Fault
from functions.core.lint import Finding, blocks, checks
from ui.components import publish, qr
from ui.components.form import Form
from ui.components.places import place, step_of, titles
from ui.components.values import Path
from ui.desk import Desk
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words


def draw(shop: Shop, desk: Desk, form: Form) -> None:
    """The step."""
    definition, faults, findings = desk.checked()
    for fault in faults:
        _fault(desk, form, fault)
    for finding in findings:
        _finding(shop, desk, form, definition, finding)
    if definition is not None and not faults:
        _passed(findings)
    st.caption(_("The check is advice, not legal advice."))
    publish.draw(shop, desk, definition, open_to=not (faults or blocks(findings)))
    if desk.campaign.live:
        qr.draw(shop, desk.campaign)


def _fault(desk: Desk, form: Form, fault: Fault) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        words = plain_words(fault.message.in_(form.language))
        with st.container(gap=None):
            st.markdown(f":red[:material/error:] {words}")
            st.caption(_where(fault.path))
        if fault.code == "extra_forbidden":
            path = place(desk.content, fault.path)
            st.button(_("Remove"), key=f"btn_extra_{fault.path}", on_click=_forget, args=(desk, path))
        _jump(fault.path, f"fault_{fault.path}_{fault.code}")


def _finding(shop: Shop, desk: Desk, form: Form, definition: Definition | None, finding: Finding) -> None:
    tongue = form.language
    stops = finding.severity == "block"
    mark = ":red[:material/block:]" if stops else ":orange[:material/warning:]"
    key = f"{finding.rule}_{finding.path}"
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            kind = _("Stops publishing") if stops else _("To confirm")
            with st.container(gap=None):
                st.markdown(f"{mark} **{kind}** · {plain_words(finding.message.in_(tongue))}")
            _jump(finding.path, f"find_{key}")
            if not stops and finding.signed is None and definition is not None:
                st.button(_("I confirm"), key=f"btn_sign_{key}", on_click=_ask, args=(key,))
        if finding.quote:
            st.markdown(f"> {plain_words(finding.quote)}")
        st.caption(f"{plain_words(finding.fix.in_(tongue))}  \n{_where(finding.path)}".strip())
        if finding.signed is not None:
            signed = _("Confirmed by {who}: {reason}").format(who=finding.signed.by, reason=finding.signed.reason)
            st.caption(f":green[:material/check:] {plain_words(signed)}")
        with st.expander(_("Where this comes from") + f" ({finding.rule})"):
            st.caption(plain_words(finding.basis.in_(tongue)))
    if definition is not None and st.session_state.get("st_sign") == key:
        _sign(shop, desk, definition, finding)


def _passed(findings: list[Finding]) -> None:
    failed = {finding.rule for finding in findings}
    passed = [rule for rule in checks() if rule not in failed]
    if passed:
        words = _("{n} checks passed: {rules}").format(n=len(passed), rules=", ".join(passed))
        st.caption(f":green[:material/check_circle:] {plain_words(words)}")


def _where(path: str) -> str:
    """The step where the field is, and its place in the definition for who keeps campaigns in files."""
    step = step_of(path)
    return "" if step == "check" else f"{plain_words(titles()[step])} · {plain_words(path)}"


def _jump(path: str, key: str) -> None:
    step = step_of(path)
    if step != "check":
        st.button(_("Go there"), key=f"btn_{key}", on_click=_go, args=(path, step))


def _go(path: str, step: str) -> None:
    """To the step of the field, with its card open."""
    st.session_state["st_step"] = step
    head, *rest = path.split(".")
    desk: Desk = st.session_state["st_desk"]
    cards = desk.content.get(head)
    if (
        head in ("rules", "rewards")
        and rest
        and rest[0].isdigit()
        and isinstance(cards, list)
        and int(rest[0]) < len(cards)
    ):
        opened = "st_open_rule" if head == "rules" else "st_open_reward"
        st.session_state[opened] = cards[int(rest[0])].get("id")


def _forget(desk: Desk, path: Path) -> None:
    """Take out what no field of the form stands for."""
    holder = desk.content
    for step in path[:-1]:
        holder = holder[step]  # type: ignore[index]
    kept = {name: value for name, value in holder.items() if name != path[-1]}
    desk.replace(path[:-1], kept)


def _ask(key: str) -> None:
    st.session_state["st_sign"] = key


def _dismissed() -> None:
    st.session_state.pop("st_sign", None)


def _sign(shop: Shop, desk: Desk, definition: Definition, finding: Finding) -> None:
    """A named person answers a warning, for exactly this content."""

    @st.dialog(_("Confirm by name"), on_dismiss=_dismissed)
    def ask() -> None:
        st.write(plain_words(finding.message.in_(language())))
        st.caption(_("Your name and reason are stored with the version. Any edit of the campaign voids them."))
        by = st.text_input(_("Your name"), value="" if shop.editor == "—" else shop.editor, key="sign_by")
        reason = st.text_input(_("Reason"), key="sign_reason")
        if st.button(_("I confirm"), type="primary", key="btn_signed"):
            if not (by.strip() and reason.strip()):
                st.error(_("Both are needed."))
                return
            given = SignOff(
                rule=finding.rule,
                path=finding.path,
                by=by.strip()[:80],
                reason=reason.strip()[:400],
                content_hash=definition.content_hash,
                at=shop.now,
            )
            desk.keep([*desk.draft.sign_offs, given])
            _dismissed()
            st.rerun()

    ask()

"""What the check says, row by row: what stops publishing first, then what somebody has to answer for, then the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from functions.core.campaign import Definition, SignOff
from functions.core.faults import Fault
from functions.core.lint import Finding, checks
from ui.components.composer import jump, subjects
from ui.components.composer.places import place, step_of, titles
from ui.components.composer.rule_names import rule_names
from ui.components.forms.form import Form
from ui.components.forms.values import Path, get
from ui.desk import Desk
from ui.i18n import _
from ui.shop import Shop
from ui.words import plain_words, when

DRAWER = "st_drawer"


@dataclass(frozen=True)
class Rows:
    """The rows of one place: `where` keeps the keys of the drawer apart from those of the step."""

    shop: Shop
    desk: Desk
    form: Form
    where: str = ""

    def draw(self) -> None:
        """All of them."""
        definition, faults, findings = self.desk.checked()
        for fault in faults:
            self._fault(fault)
        for finding in findings:
            self._finding(definition, finding)
        if definition is not None and not faults:
            self._passed(findings)
        st.caption(_("The check is guidance, not legal advice."))

    def _fault(self, fault: Fault) -> None:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            form, catalogue = self.form, self.desk.catalogue
            words = plain_words(subjects.told(form.content, catalogue, fault, form.language))
            with st.container(gap=None):
                st.markdown(f":red[:material/error: **{_('To correct')}**] · {words}")
                st.caption(plain_words(_step(fault.path)))
            if fault.code == "extra_forbidden":
                path = place(self.desk.content, fault.path)
                key = f"btn_extra_{self.where}{fault.path}"
                st.button(_("Remove"), key=key, on_click=_forget, args=(self.desk, path))
            else:  # which no field of the form stands for
                self._jump(fault.path, f"fault_{fault.path}_{fault.code}")

    def _finding(self, definition: Definition | None, finding: Finding) -> None:
        stops, tongue = finding.severity == "block", self.form.language
        mark = ":red[:material/block:" if stops else ":orange[:material/warning:"
        kind = _("Blocks publishing") if stops else _("To confirm")
        key = f"{finding.rule}_{finding.path}"
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                with st.container(gap=None):
                    st.markdown(f"{mark} **{kind}**] · {plain_words(finding.message.in_(tongue))}")
                    st.caption(plain_words(self._where(finding.path)))
                self._jump(finding.path, f"find_{key}")
            if finding.quote not in finding.message.in_(tongue):
                st.markdown(f"> {plain_words(finding.quote)}")
            st.markdown(f":gray[{plain_words(finding.fix.in_(tongue))}]")
            self._instead(finding, key)
            if finding.signed is not None:
                self._signed(finding.signed)
            elif not stops and definition is not None:
                self._sign(definition, finding, key)
            with st.expander(_("Where this comes from") + f" ({finding.rule})"):
                st.caption(plain_words(finding.basis.in_(tongue)))

    def _passed(self, findings: Sequence[Finding]) -> None:
        failed = {finding.rule for finding in findings}
        passed = [rule for rule in checks() if rule not in failed]
        if passed:
            names = rule_names()
            with st.expander(":green[:material/check_circle:] " + _("{n} checks passed").format(n=len(passed))):
                for rule in passed:
                    st.caption(f":green[:material/check:] {rule} · {plain_words(names.get(rule, ''))}")

    def _where(self, path: str) -> str:
        """The step where the field is, and what it is called there."""
        desk, tongue = self.desk, self.form.language
        called = subjects.subject(desk.content, desk.catalogue, place(desk.content, path), tongue)
        return " · ".join(filter(None, [_step(path), called]))

    def _jump(self, path: str, key: str) -> None:
        if step_of(path) != "check":
            st.button(_("Go there"), key=f"btn_{self.where}{key}", on_click=self._go, args=(path,))

    def _go(self, path: str) -> None:
        """To the field; out of the drawer, which is drawn by itself, with the whole page."""
        st.session_state.pop(DRAWER, None)
        jump.to(path)
        if self.where:
            st.rerun()

    def _instead(self, finding: Finding, key: str) -> None:
        """Other words, where the check has some; they are only written when pressed."""
        path = place(self.desk.content, finding.path)
        text = get(self.desk.content, path)
        if finding.instead and isinstance(text, str) and finding.quote in text:
            words = _("Write “{instead}” instead").format(instead=plain_words(finding.instead))
            changed = text.replace(finding.quote, finding.instead, 1)
            st.button(
                words, icon=":material/find_replace:", key=f"btn_{self.where}instead_{key}",
                on_click=self.desk.replace, args=(path, changed),
            )  # fmt: skip

    def _signed(self, given: SignOff) -> None:
        words = _("Confirmed by {who}: {reason}").format(who=given.by, reason=given.reason)
        at = when(given.at, self.form.terms.zone, self.form.language)
        st.caption(f":green[:material/check:] {plain_words(words)} · {at}")

    def _sign(self, definition: Definition, finding: Finding, key: str) -> None:
        """A named person answers a warning, for exactly this content."""
        if st.session_state.get("st_sign") != key:
            name = f"btn_{self.where}sign_{key}"
            st.button(_("I confirm"), key=name, icon=":material/signature:", on_click=_ask, args=(key,))
            return
        who = self.shop.who.name
        words = _("You answer for this as {who}. It is stored with the version; any edit voids it.")
        st.caption(plain_words(words.format(who=who)))
        reason = st.text_input(_("Reason"), key="sign_reason", max_chars=400, placeholder=_("Why this may stay"))
        with st.container(horizontal=True):
            if st.button(_("I confirm"), type="primary", key="btn_signed"):
                if not (reason or "").strip():
                    st.error(_("A reason is needed."))
                    return
                given = SignOff(
                    rule=finding.rule,
                    path=finding.path,
                    by=who[:80],
                    reason=(reason or "").strip()[:400],
                    content_hash=definition.content_hash,
                    at=self.shop.now,
                )
                self.desk.keep([*self.desk.draft.sign_offs, given])
                st.session_state.pop("st_sign", None)
                st.rerun()
            st.button(_("Not now"), type="tertiary", key="btn_sign_not", on_click=_ask, args=(None,))


def _step(path: str) -> str:
    """The step where the field is; nothing where none is."""
    step = step_of(path)
    return "" if step == "check" else titles()[step]


def _forget(desk: Desk, path: Path) -> None:
    """Take out what no field of the form stands for."""
    holder = desk.content
    for step in path[:-1]:
        holder = holder[step]  # type: ignore[index]
    kept = {name: value for name, value in holder.items() if name != path[-1]}
    desk.replace(path[:-1], kept)


def _ask(key: str | None) -> None:
    st.session_state["st_sign"] = key

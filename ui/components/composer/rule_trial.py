"""Try it: a made-up event, and what the real evaluator makes of it, rule by rule and condition by condition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import streamlit as st
from pydantic import ValidationError

from functions.core.mechanic import Fact, FactType
from functions.core.rules import Rule, applies, due, holds
from functions.core.text import Text
from functions.insights.latest import Happened
from ui.components.composer.gifts import Gift
from ui.components.composer.sentences import condition
from ui.components.forms.begun import begun
from ui.components.forms.form import Form
from ui.i18n import _
from ui.words import plain_words, when

YES, NO = ":green[:material/check_circle:]", ":red[:material/cancel:]"


def draw(
    form: Form,
    facts: Mapping[str, FactType],
    gifts: Mapping[str, Gift],
    rules: Sequence[Any],
    opened: str | None,
    lately: Sequence[Happened] = (),
) -> None:
    """The panel under the rules. `lately` is what really happened, the newest last."""
    with st.expander(_("Try it"), icon=":material/science:"):
        st.caption(_("Make up what happens; nothing is granted. The same evaluator decides as on the phone."))
        if real := _real(form, facts, [one for one in reversed(lately) if one.kind in facts]):
            st.caption(plain_words(_told(form, facts[real.kind], real)))
            others = {to: (to,) for to in facts[real.kind].concerns if to != "member"}
            fact = Fact(real.kind, "trial", real.fields, others)
            _verdicts(form, facts, gifts, rules, fact, defaultdict(int, real.paid))
            return
        kind = _event(form, facts, rules, opened)
        if kind is None:
            return
        others = {to: (to,) for to in facts[kind].concerns if to != "member"}
        fact = Fact(kind, "trial", _fields(form, kind, facts[kind]), others)
        key = f"try_paid_{kind}"
        paid = st.number_input(_("How often each rule has paid before"), begun(key, 0), step=1, key=key)
        _verdicts(form, facts, gifts, rules, fact, defaultdict(lambda: int(paid or 0)))


def _real(form: Form, facts: Mapping[str, FactType], lately: Sequence[Happened]) -> Happened | None:
    """One of the newest facts, where there are any and one is chosen; None for somebody made up."""
    if not lately:
        return None
    made_up = _("Somebody made up")
    words = [made_up, *(_line(form, facts, one) for one in lately)]
    key = f"try_real_{form.language}_{lately[0].at}"  # newer facts make another list
    chosen = st.selectbox(_("Try it on"), range(len(words)), format_func=words.__getitem__, key=key)
    return lately[chosen - 1] if chosen else None


def _line(form: Form, facts: Mapping[str, FactType], one: Happened) -> str:
    at = when(datetime.fromtimestamp(one.at, UTC), form.terms.zone, form.language)
    return f"…{one.who} · {facts[one.kind].title.in_(form.language)} · {at}"


def _told(form: Form, fact: FactType, real: Happened) -> str:
    """The fact's fields in words."""
    labels = {name: fact.labels.get(name, Text(zh=name, en=name)).in_(form.language) for name in real.fields}
    yes, no = _("yes"), _("no")
    said = {name: value if not isinstance(value, bool) else yes if value else no for name, value in real.fields.items()}
    return " · ".join(f"{labels[name]}: {value}" for name, value in sorted(said.items()))


def _event(form: Form, facts: Mapping[str, FactType], rules: Sequence[Any], opened: str | None) -> str | None:
    """The event to try; first that of the open rule, else of the first rule."""
    wanted = [str(rule.get("when")) for rule in sorted(rules, key=lambda rule: rule.get("id") != opened)]
    kinds = list(facts)
    first = next((kind for kind in wanted if kind in facts), kinds[0])
    key = f"try_when_{form.language}_{opened}"
    return st.selectbox(
        _("What happens"),
        kinds,
        index=kinds.index(begun(key, first)),
        format_func=lambda kind: plain_words(facts[kind].title.in_(form.language)),
        key=key,
    )


def _fields(form: Form, kind: str, fact: FactType) -> dict[str, Any]:
    said: dict[str, Any] = {}
    columns = st.columns(2)
    for place, (name, of) in enumerate(fact.fields.items()):
        key = f"try_{kind}_{name}"
        label = plain_words(fact.labels.get(name, Text(zh=name, en=name)).in_(form.language))
        with columns[place % 2]:
            if of is bool:
                said[name] = st.toggle(label, value=begun(key, False), key=key)
            elif of in (int, float):
                said[name] = of(st.number_input(label, begun(key, of(1)), step=of(1), key=key) or 0)
            else:
                said[name] = st.text_input(label, begun(key, ""), key=key, live="300ms")
    return said


def _verdicts(
    form: Form,
    facts: Mapping[str, FactType],
    gifts: Mapping[str, Gift],
    rules: Sequence[Any],
    fact: Fact,
    paid: Mapping[str, int],
) -> None:
    """Each rule's answer; `paid` says how often each has paid before."""
    read: list[Rule] = []
    for place, plain in enumerate(rules):
        if plain.get("when") != fact.kind:
            continue
        try:
            rule = Rule.model_validate(plain)
        except ValidationError:
            st.markdown(f"{NO} **{place + 1}** &nbsp; " + _("This rule is not complete yet."))
            continue
        read.append(rule)
        _verdict(form, facts[fact.kind], place, rule, fact, paid[rule.id])
    owed = due(read, [fact], {rule.id: paid[rule.id] for rule in read})
    given = [gifts.get(one.reward, Gift(one.reward)).counted(one.amount, form.language) for one in owed]
    if given:
        st.success(plain_words(_("Gives {gifts}").format(gifts=_(" and ").join(given))), icon=":material/redeem:")
    else:
        st.info(_("Gives nothing."), icon=":material/block:")


def _verdict(form: Form, known: FactType, place: int, rule: Rule, fact: Fact, paid: int) -> None:
    """One rule: whether it pays, and each condition with its own answer."""
    pays = applies(rule, fact, paid)
    why = ""
    if not rule.enabled:
        why = _("it is turned off")
    elif rule.limit is not None and paid >= rule.limit:
        why = _("it has paid {n} times already").format(n=paid)
    lines = [
        f"{YES if holds(one, fact, paid) else NO} {plain_words(condition(one.model_dump(), known, form.language))}"
        for one in rule.conditions
    ]
    head = f"{YES if pays else NO} **{place + 1}** &nbsp; " + (_("pays") if pays else _("does not pay"))
    st.markdown("  \n".join([head + (f": {why}" if why else ""), *(f"&emsp; {line}" for line in lines)]))

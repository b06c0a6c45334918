"""A file of orders, for shops without webhooks: read here, then sent to the hook as the shop itself would."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from functions.core.hooks import Hook
from functions.core.order import Order
from functions.core.tokens import Keyring
from functions.orders import sheet
from functions.orders.presets import ORDERS_MAX
from functions.storage import workspace
from ui.api import NotDone
from ui.components.sheet import as_csv, csv_button
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import money, plain_words

FAULTS_SHOWN = 20
MEGABYTES_MAX = 10  # ten thousand lines, the most that are taken at once, have less
SAMPLE = [
    {
        "order_id": "20261201-0001", "status": "paid", "total": "129.00", "refunded": "", "currency": "CNY",
        "paid_at": "2026-12-01 10:00:00", "phone": "13800000000",
    },
    {
        "order_id": "20261201-0002", "status": "refunded", "total": "59.00", "refunded": "59.00", "currency": "CNY",
        "paid_at": "2026-12-01 11:00:00", "phone": "13900000000",
    },
]  # fmt: skip


def draw(shop: Shop, ring: Keyring, hooks: Sequence[Hook]) -> None:
    """Choose a file, see what is in it, take it."""
    st.subheader(_("Orders from a file"))
    names = {hook.id: hook.name for hook in hooks if hook.preset == "pond"}
    if not names:
        st.caption(_("Add a shop with Pond's own format to take orders from a file."))
        return
    st.caption(_("CSV with a header row. Importing a file twice changes nothing."))
    csv_button(
        _("Sample file"),
        as_csv(SAMPLE),
        "orders.csv",
        key="btn_order_sample",
        icon=":material/download:",
        kind="tertiary",
    )
    left, right = st.columns([2, 1])
    chosen = left.file_uploader(_("Orders (CSV)"), type=["csv"], max_upload_size=MEGABYTES_MAX, key="order_file")
    into = right.selectbox(_("Shop"), list(names), format_func=names.__getitem__, key=f"order_shop_{language()}")
    if chosen is None:
        return
    found = sheet.read(chosen.getvalue(), workspace.load(shop.store)[0].currency)
    _show(found)
    hook = next(one for one in hooks if one.id == into)
    words = _("Take {n} orders").format(n=len(found.orders))
    if found.orders and st.button(words, type="primary", key="btn_take_orders"):
        _take(shop, ring, hook, found.orders)


def _show(found: sheet.Sheet) -> None:
    """How many orders, for how much; and line by line what cannot be read."""
    if found.orders:
        totals: dict[str, int] = {}
        for order in found.orders:
            totals[order.currency] = totals.get(order.currency, 0) + order.total - order.refunded
        sums = " + ".join(money(total, currency) for currency, total in sorted(totals.items()))
        st.markdown(_("**{n}** orders, {sum} after refunds").format(n=len(found.orders), sum=plain_words(sums)))
    if found.faults:
        st.warning(_("{n} lines cannot be read and are left out.").format(n=len({line for line, _f in found.faults})))
        for line, fault in found.faults[:FAULTS_SHOWN]:
            place = f" · {found.headings.get(fault.path, fault.path)}" if fault.path else ""
            st.caption(plain_words(_("Line {n}").format(n=line) + f"{place}: {fault.message.in_(language())}"))


def _take(shop: Shop, ring: Keyring, hook: Hook, orders: Sequence[Order]) -> None:
    """In handfuls, as many as a message holds; what was taken is told when one fails."""
    shop.require("settings")
    done, bar = 0, st.progress(0.0)
    try:
        for start in range(0, len(orders), ORDERS_MAX):
            handful = orders[start : start + ORDERS_MAX]
            body = json.dumps({"type": "order.imported", "data": [order.model_dump(mode="json") for order in handful]})
            done += shop.api.hand_in(hook.id, hook.secrets(ring, shop.now)[0], shop.fresh_id("msg"), body, shop.now)
            bar.progress(done / len(orders))
    except NotDone as refused:
        words = _("{done} of {n} were taken. {why} Take the file again: nothing is counted twice.")
        st.error(words.format(done=done, n=len(orders), why=plain_words(refused.sentence)), icon=":material/error:")
        return
    st.success(_("{n} orders were taken. What follows from them appears in a moment.").format(n=done))

"""A file of codes too large to wait for: ordered from the cloud, watched, gone on with, called off, fetched."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from functions.codes.batch import Batch
from functions.core.audit import Entry
from functions.core.text import Text
from functions.edge.queue import Queue
from functions.prints.job import Job
from functions.prints.press import Press, Progress
from functions.storage import audit
from functions.storage.store import Busy, Unknown
from ui.i18n import _
from ui.shop import Shop

WATCH_SECONDS = 2
SAID = "st_order_said"


def draw(shop: Shop, job: Job, name: str) -> None:
    """The order as it stands. `name` is what the file is called once it is fetched."""
    press, queue = shop.press(), shop.prints()
    if press is None or queue is None:
        words = _("So many codes are made on the command line: pond codes make, which takes any size.")
        st.info(words, icon=":material/terminal:")
        return
    if said := st.session_state.pop(SAID, ""):
        st.error(said, icon=":material/cloud_off:")
    try:
        seen = press.progress(job)
        link = press.link(job, name) if seen and seen.is_ready else ""
    except Busy:
        st.warning(_("The store of files does not answer just now. Please try again."), icon=":material/cloud_off:")
        return
    if seen is None:
        _offered(shop, press, queue, job)
    elif link:
        _ready(press, job, seen, link)
    else:
        _watched(press, queue, job)


def note(shop: Shop, batch: Batch, kind: str) -> None:
    """Codes are worth their rewards: who made a file of them is written down first. Raises Unknown, Busy."""
    about = batch.name if batch.name.zh or batch.name.en else Text(zh=batch.label, en=batch.label)
    entry = Entry(what="print_codes", by=shop.editor, at=shop.now, about=about, note=f"{kind} · {batch.size}")
    audit.note(shop.store, entry, shop.fresh_id("print"))


def _offered(shop: Shop, press: Press, queue: Queue, job: Job) -> None:
    many = f"{job.batch.size:,}"
    st.caption(_("{many} codes are made in the cloud. You may leave this page meanwhile.").format(many=many))
    if st.button(_("Make the file"), type="primary", icon=":material/cloud_upload:", key="btn_order"):
        _done(lambda: _begin(shop, press, queue, job))


def _begin(shop: Shop, press: Press, queue: Queue, job: Job) -> None:
    note(shop, job.batch, job.ending)
    press.start(job, queue.send)


@st.fragment(run_every=WATCH_SECONDS)
def _watched(press: Press, queue: Queue, job: Job) -> None:
    """How far it is, until it is ready or was called off."""
    try:
        seen = press.progress(job)
    except Busy:
        st.caption(_("No answer just now; looking again …"))
        return
    if seen is None or seen.is_ready:
        st.rerun()
    words = _("Part {done} of {parts}").format(done=seen.done, parts=seen.parts)
    st.progress(seen.done / seen.parts, words)
    when = _("When nothing moves for minutes: parts that are missing are made again, nothing twice.")
    with st.container(horizontal=True):
        # What a stopped order lacks is told again; a part that is being made just now comes out the same.
        if st.button(_("Go on"), icon=":material/replay:", type="tertiary", key="btn_order_again", help=when):
            _done(lambda: press.start(job, queue.send))
        if st.button(_("Call off"), icon=":material/cancel:", type="tertiary", key="btn_order_off"):
            _done(lambda: press.call_off(job))


def _ready(press: Press, job: Job, seen: Progress, link: str) -> None:
    with st.container(horizontal=True):
        size = _("Download ({size} MB)").format(size=f"{seen.size / 1e6:,.1f}")
        st.link_button(size, link, icon=":material/download:", type="primary")
        if st.button(_("Remove the file"), icon=":material/delete:", type="tertiary", key="btn_order_remove"):
            _done(lambda: press.call_off(job))
    st.caption(_("It is kept for a week; made again, it is the same."))


def _done(step: Callable[[], object]) -> None:
    """Do it and look again; what the cloud did not take is said."""
    try:
        step()
    except (Busy, Unknown):
        st.session_state[SAID] = _("No answer came. Press again: nothing is done twice.")
    st.rerun()

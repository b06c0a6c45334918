"""Files of a batch for the printer: how the labels look, whether phones will read them, and the making with its bar."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import streamlit as st
from pydantic import ValidationError

from functions.codes.batch import Batch
from functions.codes.item import serials
from functions.codes.serial import Serials
from functions.core.faults import Fault, faults_of
from functions.drawing.labels.output import whole
from functions.drawing.labels.reasons import BadLabels
from functions.drawing.labels.settings import Labels
from functions.drawing.sheets import MODULE_MIN, file_name
from functions.prints.files import fitted, output, sample, sealed
from functions.prints.job import Job as Order
from functions.prints.press import TYPES
from ui.components.codes import batch_order
from ui.components.composer.places import placed
from ui.components.forms.begun import begun
from ui.components.forms.fields import fields
from ui.components.forms.form import Form
from ui.components.forms.schema import spec_of
from ui.components.forms.values import Path as Place
from ui.components.forms.values import Terms, put
from ui.components.jobs import Job, jobs
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

LABELS = "st_labels"
HERE_MAX = 50_000  # codes that this process makes while somebody waits; more are a job of the cloud's
STEP = 500
SAMPLE_PIXELS = 320  # as wide as a small phone


def draw(shop: Shop, batch: Batch) -> None:
    """Labels, then the file. Codes are worth their rewards, so who may only look gets none."""
    if not shop.who.may("publish"):
        st.caption(_("Your role may look at this, not change it."))
        return
    ring = shop.ring()
    if ring is None or batch.key not in ring.roots:
        st.warning(_lost(shop, batch), icon=":material/key_off:")
        return
    held = st.session_state.setdefault(LABELS, {"content": Labels().model_dump(), "faults": [], "epoch": 0})
    key = f"print_kind_{language()}"
    words = {"pdf": _("Labels (PDF)"), "zip": _("Pictures (ZIP)"), "csv": "CSV", "xlsx": "Excel"}
    kind = st.segmented_control(
        _("File"),
        list(words),
        default=begun(key, "pdf"),
        required=True,
        format_func=words.__getitem__,
        key=key,
        wrap=True,
    )
    labels: Labels | None = Labels()
    if kind in ("pdf", "zip"):
        labels = _labels(held, batch.inner)
        if labels is None or not _advice(batch, labels):
            return
        if kind == "pdf":
            words_under = _("A sample label: its serial is made up")
            st.image(sample(batch, labels), words_under, width=SAMPLE_PIXELS, alt=words_under)
    assert labels is not None
    if batch.size > HERE_MAX:
        batch_order.draw(shop, Order(batch=batch, labels=labels, ending=kind), f"{_name(batch)}.{kind}")
    else:
        _file(shop, batch, labels, str(kind), serials(ring.roots[batch.key], ring.tenant, batch.label))


def _labels(held: dict[str, Any], has_inner: bool) -> Labels | None:
    """The labels as they are set; None while something does not fit."""
    try:
        labels: Labels | None = Labels.model_validate(held["content"])
        held["faults"] = []
    except ValidationError as error:
        labels, held["faults"] = None, faults_of(error)
    with st.expander(_("Paper, size, cutting, printer"), expanded=labels is None):
        fields(_form(held), _fitting(held["content"], has_inner), ())
    return labels


def _fitting(content: dict[str, Any], has_inner: bool) -> dict[str, Any]:
    """The settings that this paper has, and these codes."""
    only = {"a4": ("columns", "rows", "margin_x", "margin_y", "gap_x", "gap_y"), "roll": ("width", "height")}
    away = {name for paper, names in only.items() if paper != content["paper"] for name in names}
    away |= set() if has_inner else {"inner"}
    return {name: spec for name, spec in spec_of(Labels).fields.items() if name not in away}


def _form(held: dict[str, Any]) -> Form:
    def write(path: Place, value: Any) -> None:
        held["content"] = put(held["content"], path, value)

    def replace(path: Place, value: Any) -> None:
        write(path, value)
        held["epoch"] += 1

    faults: list[Fault] = held["faults"]
    return Form(held["content"], placed(held["content"], faults), language(), Terms(), held["epoch"], write, replace)


def _advice(batch: Batch, labels: Labels) -> bool:
    """What the labels come to; whether they can be printed at all."""
    try:
        _series, layout = fitted(batch, labels)
    except BadLabels as bad:
        st.error(plain_words(bad.sentence().in_(language())), icon=":material/error:")
        return False
    wide, high = layout.label
    words = _("Label {wide} × {high} mm · code {side} mm · each square {module} mm ({dots} dots) · {n} on a page")
    said = words.format(
        wide=f"{wide:.0f}",
        high=f"{high:.0f}",
        side=f"{layout.side:.1f}",
        module=f"{layout.module:.2f}",
        dots=layout.dots,
        n=layout.per_page,
    )
    said = said.replace(" mm", "\u00a0mm").replace(" 毫米", "\u00a0毫米")  # a number stays with its unit
    if layout.module < MODULE_MIN:
        note = _("Squares below {least} mm need a good printer and a patient phone.").format(least=MODULE_MIN)
        st.caption(f":orange[:material/warning: {said}. {note}]")
    else:
        st.caption(f":green[:material/check:] {said}")
    return True


def _lost(shop: Shop, batch: Batch) -> str:
    """Why no code can be worked out."""
    if shop.ring() is None:
        return _("No secret is named (POND_SECRET), and codes are made with it.")
    return _("The key {key} that these codes are made with is no longer in the secret.").format(key=batch.key)


def _file(shop: Shop, batch: Batch, labels: Labels, kind: str, made: Serials) -> None:
    """Make the file, watch it being made, take it."""
    name = f"codes.{batch.label}.{batch.first}.{kind}.{labels.model_dump_json() if kind in ('pdf', 'zip') else ''}"
    job = jobs().last(name)
    if job is None or job.error is not None:
        if job is not None:
            st.error(_("That did not work. Please try again."), icon=":material/error:")
        work, place = Job(name, shop.editor, shop.now), Path(_folder().name) / f"{shop.fresh_id('file')}.{kind}"
        if st.button(_("Make the file"), type="primary", icon=":material/print:", key=f"btn_make_{kind}"):
            batch_order.note(shop, batch, kind)
            jobs().start(name, work, lambda one: _made(one, place, batch, labels, kind, made))
            st.rerun()
        return
    if job.is_running:
        _watch(name, batch.size)
        return
    path: Path = job.result
    st.download_button(
        _("Download ({size} MB)").format(size=f"{path.stat().st_size / 1e6:.1f}"),
        path.read_bytes,
        file_name=f"{_name(batch)}.{kind}",
        mime=TYPES[kind],
        type="primary",
        icon=":material/download:",
        key=f"btn_take_{kind}",
        on_click="ignore",
    )


def _name(batch: Batch) -> str:
    """What the file is called."""
    return file_name(f"{batch.name.in_(language()) or batch.gtin} {batch.lot} {batch.size}")


@st.fragment(run_every=0.5)
def _watch(name: str, size: int) -> None:
    """The bar, until the file is there."""
    job = jobs().last(name)
    if job is None or not job.is_running:
        st.rerun()
    done = int(job.lines[-1]) if job.lines else 0
    st.progress(done / size, _("{done} of {size} codes").format(done=f"{done:,}", size=f"{size:,}"))


@st.cache_resource
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Where this process keeps the files it made; gone when it ends."""
    return tempfile.TemporaryDirectory(prefix="pond-codes-")


def _made(job: Job, path: Path, batch: Batch, labels: Labels, kind: str, made: Serials) -> Path:
    """The file, in a place of its own."""
    told = _told(job, sealed(batch, made))
    with path.open("wb") as file:
        file.writelines(whole(output(batch, labels, kind, made), told))  # type: ignore[arg-type]
    return path


def _told(job: Job, each: Iterator[str]) -> Iterator[str]:
    for number, serial in enumerate(each, 1):
        yield serial
        if number % STEP == 0:
            job.lines[:] = [str(number)]

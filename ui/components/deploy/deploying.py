"""Deploying from the screens: what is begun by a press, and how it goes on in words."""

from __future__ import annotations

from typing import Any

import streamlit as st

from functions.core.audit import Entry
from functions.core.text import Text
from functions.storage import audit
from infra import rollout
from infra.clients import Target
from infra.problems import Problem
from infra.rollout import Kept, Prepared
from ui.components.jobs import Job, jobs
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

EVERY = 1.0  # seconds between two looks at a running job
LINES_SHOWN = 200


def name(shop: Shop) -> str:
    """What the job of this stack is called."""
    return f"deploy:{shop.settings.region}:{shop.settings.stack}"


def plan(shop: Shop, target: Target) -> None:
    """Find out what a deployment would change."""
    shop.require("deploy")
    stack, stage = shop.settings.stack, shop.settings.stage
    _begin(shop, "plan", lambda job: rollout.prepare(target, stack, stage, job.step))


def plan_back(shop: Shop, target: Target, kept: Kept) -> None:
    """Find out what going back would change."""
    shop.require("deploy")
    _begin(shop, "plan", lambda job: rollout.prepare_back(target, shop.settings.stack, kept, job.step))


def carry_out(shop: Shop, target: Target, prepared: Prepared) -> None:
    """Do what was planned, then see whether the API answers. Written into the audit list before it begins."""
    shop.require("deploy")
    about = Text(zh=prepared.plan.stack, en=prepared.plan.stack)
    entry = Entry(what="deploy", by=shop.editor, at=shop.now, about=about, note=prepared.version)
    audit.note(shop.store, entry, prepared.plan.change_set.rpartition("/")[2])
    _begin(shop, "deploy", lambda job: _done(job, shop, target, prepared))


def _done(job: Job, shop: Shop, target: Target, prepared: Prepared) -> bool:
    job.step("deploy")
    for event in rollout.carry_out(target, prepared, shop.now):
        job.tell(f"{event.status}  {event.resource}  {event.reason}".rstrip())
    job.step("check")
    return shop.api.is_alive()


def _begin(shop: Shop, what: str, work: Any) -> None:
    jobs().start(name(shop), Job(what, shop.editor, shop.now), work)


def step_words(step: str) -> str:
    """What a job is doing, for people."""
    words = {
        "build": _("Building the functions"),
        "upload": _("Uploading them"),
        "plan": _("Finding out what would change"),
        "deploy": _("Changing the cloud"),
        "check": _("Seeing whether it answers"),
    }
    return words.get(step, step)


def progress(job: Job) -> None:
    """A running job, looked at every second; the page is drawn anew when it ends."""

    @st.fragment(run_every=EVERY)
    def look() -> None:
        now = step_words(job.steps[-1]) if job.steps else _("Beginning")
        st.caption(_("You can leave this page: it goes on, and is here when you come back."))
        with st.status(f"{now} …", expanded=True):
            for step in job.steps[:-1]:
                st.markdown(f":material/check: {step_words(step)}")
            log(job)
        if not job.is_running:
            st.rerun()

    look()


def log(job: Job) -> None:
    """What the cloud said, the newest last."""
    if job.lines:
        st.code("\n".join(job.lines[-LINES_SHOWN:]), language=None, height=200)


def wrong(problem: Problem) -> None:
    """What went wrong, and the one thing to do now."""
    if problem.code == "cloud_unreachable":
        st.error(_("The cloud cannot be reached right now."), icon=":material/cloud_off:")
        if why := str(problem.facts.get("words", "")):
            st.code(why, language=None, wrap_lines=True)  # the SDK's own words, as they are
    else:
        st.error(f"{plain_words(problem.sentence(language()))} [{problem.code}]", icon=":material/error:")
    if what := next_step(problem.code):
        st.markdown(_("**What to do now**: {what}").format(what=plain_words(what)))


def next_step(code: str) -> str:
    """The one thing to do about a problem."""
    words = {
        "no_credentials": _("Sign in to AWS where these screens run, then open this page again."),
        "credentials_refused": _("Sign in to AWS again where these screens run: the credentials have ended."),
        "no_region": _("Name the region where these screens run: AWS_DEFAULT_REGION."),
        "cloud_unreachable": _("Check the network, then try again. On this machine, start Pond with make run."),
        "cloud_refused": _("Read what the cloud said, mend it, and plan again. Nothing was changed."),
        "stack_busy": _("Wait until it has settled: this page shows its state each time it is opened."),
        "stack_never_made": _("Delete the stack in the CloudFormation console, then plan again."),
        "change_set_failed": _("Mend what it names in template.yaml, then plan again. Nothing was changed."),
        "template_unreadable": _("Mend template.yaml at that place, then plan again."),
        "package_failed": _("Check the network to the package index, then plan again. Nothing was changed."),
        "deploy_failed": _("It was rolled back: all is as before. Mend what is named, then plan again."),
    }
    return words.get(code, "")

"""Deploy: how the cloud stands, what a deployment would change, doing it, and the way back."""

from __future__ import annotations

import streamlit as st

from infra import rollout
from infra.clients import Target
from infra.problems import Problem
from infra.rollout import Prepared, Standing
from ui.components.deploy import deploying, plans
from ui.components.jobs import Job, jobs
from ui.frame import reading, shop_or_stop
from ui.i18n import _
from ui.shop import Shop
from ui.words import plain_words


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    st.title(_("Deployment"))
    if shop.settings.stage == rollout.LOCAL:
        st.info(
            _(
                "This is the local cloud: an emulator on this machine that runs the same template and functions. "
                "Deploying brings your changed code into it, for free. It is made anew at each start."
            ),
            icon=":material/laptop_mac:",
        )
    try:
        with reading():
            target = shop.cloud()
            now = rollout.standing(target, shop.settings.stack)
    except Problem as problem:
        if problem.code == "not_permitted":
            _from_elsewhere(shop)
            return
        deploying.wrong(problem)
        st.button(_("Try again"), type="primary", icon=":material/refresh:", key="btn_cloud_again")
        return
    plans.status(shop, now)
    _work(shop, target, now)


def _from_elsewhere(shop: Shop) -> None:
    """The composer in the cloud has no right to deploy, and should have none."""
    st.info(
        _("These screens may not deploy, and that is safer: who broke into them could not change the cloud."),
        icon=":material/terminal:",
    )
    st.code(f"pond deploy --stack {shop.settings.stack} --region {shop.settings.region}", language="bash")
    st.caption(_("Deploy on a computer that is signed in to AWS with the rights to, in Pond's folder."))


def _work(shop: Shop, target: Target, now: Standing | None) -> None:
    """What runs, or what came of the last job, or a way to begin."""
    name = deploying.name(shop)
    job = jobs().last(name)
    if job is not None and job.is_running:
        deploying.progress(job)
        return
    if now is not None and not now.is_settled:
        st.warning(_("Somebody is deploying right now. Wait until it has settled."), icon=":material/hourglass_top:")
        st.button(_("Look again"), key="btn_look")
        return
    sure = job is not None and _came_of(shop, job)
    planned = job.result if job is not None and isinstance(job.result, Prepared) else None
    with st.container(horizontal=True):
        _next(shop, target, planned, sure)
    if job is not None and job.lines:
        with st.expander(_("Log"), key="deploy_log"):
            deploying.log(job)
    if now is not None:
        _way_back(shop, target)


def _next(shop: Shop, target: Target, planned: Prepared | None, sure: bool) -> None:
    """Do what was planned, where there is anything to do; or plan."""
    changes = planned is not None and bool(planned.plan.changes)
    if planned is not None and changes:
        icon = ":material/rocket_launch:"
        if st.button(_("Deploy"), type="primary", icon=icon, disabled=not sure, key="btn_deploy"):
            deploying.carry_out(shop, target, planned)
            st.rerun()
    if st.button(
        _("See what would change") if planned is None else _("Plan again"),
        type="secondary" if changes else "primary",
        icon=":material/difference:",
        key="btn_plan",
    ):
        deploying.plan(shop, target)
        st.rerun()


def _came_of(shop: Shop, job: Job) -> bool:
    """What came of the last job; of a plan also whether somebody read it."""
    if job.error is not None:
        jobs().forget(deploying.name(shop))
        raise job.error
    if job.problem is not None:
        deploying.wrong(job.problem)
    elif isinstance(job.result, Prepared):
        return plans.draw(job.result)
    elif job.result:
        st.success(_("Deployed, and it answers."), icon=":material/check_circle:")
    else:
        st.warning(_("Deployed, but the API does not answer yet. Give it a minute."), icon=":material/pending:")
    return False


def _way_back(shop: Shop, target: Target) -> None:
    """What stood before, to be deployed again."""
    earlier = rollout.kept(target, shop.settings.stack)
    if not earlier:
        return
    with st.expander(_("Go back to what stood before"), icon=":material/history:", key="deploy_back"):
        for place, one in enumerate(earlier):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(
                    plain_words(_("{version}, until {time}").format(version=one.version, time=plans.at(one.until)))
                )
                if st.button(_("See what going back would change"), key=f"btn_back_{place}"):
                    deploying.plan_back(shop, target, one)
                    st.rerun()


main()

"""What is pictured: one line a picture. Another page is another line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from functions.core.ids import derived_id
from tests.screens import acts
from tests.screens.acts import Act

# full, empty and odd are shops; away: its table does not answer; door: one has to sign in; shut: nobody can; live: the
# phone's pages of the full shop, deployed; sample: the phone's pages in every state (tests/pages/samples.py)
Shop = Literal["full", "empty", "odd", "away", "door", "shut", "live", "sample"]
BOTH, DESKTOP, PHONE = ("desktop", "phone"), ("desktop",), ("phone",)


@dataclass(frozen=True)
class Picture:
    """`address` may name a campaign: of the full shop by its template (`{seven-mornings}`), of the odd one by its
    trouble. `act` is what somebody does there first."""

    name: str
    address: str
    shop: Shop = "full"
    act: Act | None = None
    sizes: tuple[str, ...] = BOTH

    def path(self, known: Mapping[str, str], language: str) -> str:
        """The address with ids and the language in it."""
        address = self.address
        for name, campaign in known.items():
            address = address.replace("{" + name + "}", campaign)
        return address + ("&" if "?" in address else "?") + f"lang={language}"


BATCH = derived_id("batch", "screens")  # as tests/screens/demo.py orders it
C = "?c={seven-mornings}"
ADMIN = (
    Picture("home", "/"),
    Picture("home-empty", "/", "empty"),
    Picture("home-away", "/", "away"),
    Picture("home-template", "/", act=acts.press("btn_inside_seven-mornings")),
    Picture("campaigns", "/campaigns"),
    Picture("campaigns-empty", "/campaigns", "empty"),
    Picture("campaigns-nothing-fits", "/campaigns?q=zzz"),
    Picture("campaigns-table", "/campaigns?table=on"),
    Picture("campaigns-new", "/campaigns", act=acts.press("btn_new"), sizes=DESKTOP),
    Picture("campaigns-long-names", "/campaigns", "odd"),
    Picture("campaigns-import", "/campaigns", act=acts.press("btn_import"), sizes=DESKTOP),
    Picture("campaigns-pause", "/campaigns", act=acts.more("seven-mornings", -2)),
    Picture("campaigns-resume", "/campaigns", act=acts.more("reading-21-days", -2), sizes=DESKTOP),
    Picture("campaigns-pause-deposit", "/campaigns", "odd", acts.more("promise", -2)),
    Picture("campaigns-end", "/campaigns", act=acts.more("seven-mornings", -1)),
    Picture("campaigns-archive", "/campaigns", act=acts.more("win-back", -1), sizes=DESKTOP),
    Picture("campaigns-lost", "/campaigns", act=acts.store_lost, sizes=DESKTOP),
    Picture("sign-in", "/", "door"),
    Picture("sign-in-stranger", "/", "door", acts.come_as_a_stranger),
    Picture("sign-in-closed", "/", "shut"),
    Picture("wrong-address", "/nothing"),
    Picture("not-allowed", "/settings", act=acts.be(3), sizes=DESKTOP),
    Picture("compose", "/compose" + C),
    Picture("compose-deposit", "/compose?c={deposit}", "odd"),
    Picture("compose-deposit-page", "/compose?c={deposit}", "odd", acts.step(3), sizes=DESKTOP),
    Picture("compose-deposit-check", "/compose?c={deposit}", "odd", acts.step(5), sizes=DESKTOP),
    Picture("compose-rules", "/compose" + C, act=acts.step(1)),
    Picture("compose-rule-open", "/compose" + C, act=acts.step(1, "btn_rule_open_")),
    Picture("compose-rewards", "/compose" + C, act=acts.step(2)),
    Picture("compose-reward-open", "/compose" + C, act=acts.step(2, "btn_reward_open_")),
    Picture("compose-page", "/compose" + C, act=acts.step(3)),
    Picture("compose-time", "/compose" + C, act=acts.step(4)),
    Picture("compose-check", "/compose?c={study-camp}", act=acts.step(5)),
    Picture("compose-publish", "/compose?c={study-camp}", act=acts.step(5, "btn_publish")),
    Picture("compose-blocked", "/compose?c={blocked}", "odd", acts.step(5)),
    Picture("compose-findings", "/compose?c={blocked}", "odd", acts.press("btn_lint")),
    Picture("compose-preview", "/compose" + C, act=acts.press("btn_phone"), sizes=PHONE),
    Picture("compose-conflict", "/compose?c={crossed}", "odd", acts.cross),
    Picture("compose-lost", "/compose?c={members-day}", act=acts.lose_the_store),
    Picture("compose-wrong-picture", "/compose?c={members-day}", act=acts.wrong_picture, sizes=DESKTOP),
    Picture("compose-long-title", "/compose?c={long}", "odd", acts.step(3)),
    Picture("compose-ask", "/compose?c={crossed}", "odd", acts.step(5, "btn_publish"), sizes=DESKTOP),
    Picture("compose-waiting", "/compose?c={asked}", "odd", acts.step(5), sizes=DESKTOP),
    Picture("compose-unknown", "/compose?c=camp_none"),
    Picture("compose-of-another-shop", "/compose?c={lengthy}", sizes=DESKTOP),
    Picture("results", "/results" + C),
    Picture("results-empty", "/results", "empty"),
    Picture("results-nobody-yet", "/results?c={lengthy}", "odd"),
    Picture("results-channel", "/results" + C + "&channel={door}"),
    Picture("results-today", "/results?c={seven-mornings}&range=today", sizes=DESKTOP),
    Picture("results-deposit", "/results?c={promise}", "odd"),
    Picture("results-over", "/results?c={win-back}", sizes=DESKTOP),
    Picture("results-unknown", "/results?c=camp_none", sizes=DESKTOP),
    Picture("results-lost", "/results" + C, act=acts.store_lost, sizes=DESKTOP),
    Picture("payouts", "/payouts?c={promoters}", "odd"),
    Picture("payouts-none", "/payouts" + C, sizes=DESKTOP),
    Picture("codes", "/qr" + C),
    Picture("codes-empty", "/qr?c={study-camp}", sizes=DESKTOP),
    Picture("codes-unknown", "/qr?c=camp_none", sizes=DESKTOP),
    Picture("poster", "/qr" + C + "&tab=poster"),
    Picture("poster-long-name", "/qr?c={lengthy}&tab=poster", "odd", sizes=DESKTOP),
    Picture("livecodes", "/livecodes"),
    Picture("livecodes-empty", "/livecodes", "empty", sizes=DESKTOP),
    Picture("livecodes-compare", "/livecodes?view=codes"),
    Picture("livecodes-one", "/livecodes?code={live-code}"),
    Picture("livecodes-unknown", "/livecodes?code=zzzzzz", sizes=DESKTOP),
    Picture("items", "/items"),
    Picture("items-empty", "/items", "empty", sizes=DESKTOP),
    Picture("items-new", "/items", act=acts.press("btn_batch_new")),
    Picture("items-batch", f"/items?b={BATCH}"),
    Picture("items-print", f"/items?b={BATCH}&part=print"),
    Picture("items-scans", f"/items?b={BATCH}&part=scans"),
    Picture("items-suspect", f"/items?b={BATCH}&part=scans", act=acts.press("btn_suspect_1233")),
    Picture("items-history", f"/items?b={BATCH}&part=history", sizes=DESKTOP),
    Picture("versions", "/versions?c={shop-visit}"),
    Picture("versions-take", "/versions?c={shop-visit}", act=acts.press("btn_take_1"), sizes=DESKTOP),
    Picture("versions-one", "/versions?c={asked}", "odd", sizes=DESKTOP),
    Picture("versions-empty", "/versions?c={study-camp}", sizes=DESKTOP),
    Picture("versions-unknown", "/versions?c=camp_none", sizes=DESKTOP),
    Picture("approvals", "/approvals", "odd"),
    Picture("approvals-empty", "/approvals", "empty"),
    Picture("reviews", "/reviews?c={fitness-picture}"),
    Picture("reviews-reasons", "/reviews?c={fitness-picture}", act=acts.press("btn_no_"), sizes=DESKTOP),
    Picture("reviews-several", "/reviews?c={fitness-picture}", act=acts.segment("review_view_", 1)),
    Picture("reviews-empty", "/reviews", "empty"),
    Picture("reviews-done", "/reviews?c={seven-mornings}", sizes=DESKTOP),
    Picture("reviews-appeals", "/reviews?c={fitness-picture}", act=acts.segment("review_view_", 2), sizes=DESKTOP),
    Picture("members", "/members"),
    Picture("members-found", "/members", act=acts.find_member),
    Picture("members-erase", "/members", act=acts.erase_member),
    Picture("members-segment", "/members", act=acts.press("btn_segment_new")),
    Picture("members-called", "/members", act=acts.find_by_nickname),
    Picture("members-lost", "/members", act=acts.store_lost, sizes=DESKTOP),
    Picture("staff", "/staff"),
    Picture("staff-empty", "/staff", "empty", sizes=DESKTOP),
    Picture("staff-invited", "/staff", act=acts.invite),
    Picture("settings", "/settings"),
    Picture("settings-new", "/settings", act=acts.segment("settings_part_", 1), sizes=DESKTOP),
    Picture("settings-approval", "/settings", "odd", acts.segment("settings_part_", 2), DESKTOP),
    Picture("settings-people", "/settings", act=acts.segment("settings_part_", 3)),
    Picture("settings-shops", "/settings", act=acts.segment("settings_part_", 4)),
    Picture("settings-shops-empty", "/settings", "empty", acts.segment("settings_part_", 4), DESKTOP),
    Picture("settings-privacy", "/settings", act=acts.segment("settings_part_", 5), sizes=DESKTOP),
    Picture("settings-about", "/settings", act=acts.segment("settings_part_", 6), sizes=DESKTOP),
    Picture("settings-lost", "/settings", act=acts.store_lost, sizes=DESKTOP),
    Picture("audit", "/audit"),
    Picture("audit-empty", "/audit", "empty", sizes=DESKTOP),
    Picture("deploy", "/deploy"),
    Picture("deploy-first", "/deploy", "empty", sizes=DESKTOP),
    Picture("deploy-unreachable", "/deploy", "odd"),
    Picture("payouts-list", "/payouts?c={promoters}", "odd", acts.make_a_payout),
    Picture("deploy-plan", "/deploy", "empty", acts.plan),
    Picture("compose-published", "/", act=acts.go_live),  # the last: one campaign more
)
LIVE = (
    Picture("live-check-in", "/c/{seven-mornings}", "live"),
    Picture("live-checked-in", "/c/{seven-mornings}", "live", acts.join, PHONE),
    Picture("live-claim", "/c/{new-member-welcome}", "live"),
    Picture("live-claimed", "/c/{new-member-welcome}", "live", acts.join),
    Picture("live-paused", "/c/{reading-21-days}", "live", sizes=PHONE),
    Picture("live-ended", "/c/{win-back}", "live", sizes=PHONE),
    Picture("live-poster", "/c/{seven-mornings}/poster", "live", sizes=PHONE),
    Picture("live-wallet", "/me", "live"),
    Picture("live-coupon", "/me", "live", acts.open_coupon),
    Picture("live-coupon-code", "/me", "live", acts.read_out),
    Picture("live-staff-door", "/staff", "live"),
    Picture("live-staff", "/staff", "live", acts.come_in),
    Picture("live-staff-ready", "/staff", "live", acts.check_code),
    Picture("live-staff-redeemed", "/staff", "live", acts.redeem),
    Picture("live-staff-again", "/staff", "live", acts.check_code),
    Picture("live-privacy", "/privacy?c={new-member-welcome}", "live", sizes=PHONE),
    Picture("live-deleted", "/c/camp_00000000000000000000000000", "live"),
)
# with words of no language, for tests; what is pictured live
NOT_FOR_EYES = {"campaign-done", "campaign-refused", "sign-in-done", "staff-refused", "mechanic-without-page"}
NOT_FOR_EYES |= {f"staff-{state}" for state in ("ready", "warn", "good", "bad")}


def samples(names: Iterable[str]) -> tuple[Picture, ...]:
    """The phone's pages in every state."""
    shown = sorted(set(names) - NOT_FOR_EYES)
    return tuple(Picture(f"phone-{name}", name, "sample", sizes=PHONE) for name in shown)

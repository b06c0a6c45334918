"""The lint's rules on structure: rule graph, configs, limits, money, retention; severities and sign-offs."""

import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from functions.core.campaign import Definition, SignOff
from functions.core.discovery import Catalogue, discover
from functions.core.lint import Finding, blocks, checks, lint, obstacles, publishable
from functions.core.mechanic import FactType
from functions.core.text import Text
from infra.definition_files import read
from tests.unit.lint_drafts import CLEAN, EXAMPLES, content, definition, findings, found

AT = datetime(2026, 12, 1, tzinfo=UTC)


class Network(BaseModel):
    """A mechanic's config that has what C1 looks for."""

    levels: int = 1
    commission_levels: list[int] = []
    entry_fee: int = 0


@pytest.fixture
def social() -> Catalogue:
    """A catalogue with one more mechanic, whose facts come from friends."""
    facts = ["assist.completed", "share.done", "referral.qualified", "checkin.recorded", "thanked"]
    number = {"level": int, "shared": bool, "team_size": int, "helpers": int, "streak": int, "made_up": bool}
    module = SimpleNamespace(
        KIND="network",
        TITLE=Text(),
        FACTS={kind: FactType(Text(), number) for kind in facts},
        SOCIAL_FACTS=("thanked",),
        Config=Network,
    )
    known = discover()
    mechanics = {**known.mechanics, "network": "network"}
    return Catalogue(mechanics, known.rewards, {**known.loaded, "network": module})


def rule(when: str, to: str = "member", **condition: Any) -> list[dict[str, Any]]:
    """One rule that pays points."""
    line = {
        "id": "pays",
        "when": when,
        "if": [condition] if condition else [],
        "then": [{"reward": "points", "to": to}],
    }
    return [line]


def network(catalogue: Catalogue, **changes: Any) -> list[tuple[str, str, str]]:
    """What the lint says of a campaign of that mechanic."""
    return found(catalogue, **{"mechanic": "network", "config": {}, "rules": [], **changes})


def test_the_rules_are_found_by_being_there() -> None:
    assert list(checks()) == ["C1", "C2", "C3", "C4", "C9", "C15", "C17", "C19", "C21"]


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.yaml")), ids=lambda file: file.stem)
@pytest.mark.parametrize("channel", ["wechat", "web", "offline"])
def test_every_example_is_clean_in_every_channel(file: Any, channel: str) -> None:
    draft = Definition.model_validate({**read(file), "channel": channel})

    assert lint(draft, discover()) == []


def test_every_finding_says_why_how_to_fix_it_and_by_which_rule_in_both_languages(social: Catalogue) -> None:
    said = findings(
        social,
        mechanic="network",
        channel="wechat",
        config={"levels": 9},
        rules=rule("share.done", "referrer", field="team_size", op=">", value=3),
        rewards__1__stock=None,
        rewards__1__per_member=None,
        rewards__1__unit_cost=1,
        schedule__ends_at=None,
        privacy__retention_days=None,
        page__body={"zh": "国家级好课，仅剩 3 席，躺赚，拉人头，转发领券，机器人成团", "en": "Hurry up"},
    )

    assert {line.rule for line in said} == {"C1", "C2", "C9", "C15", "C19", "C21"}
    assert all(text.complete for line in said for text in (line.message, line.fix, line.basis))


# C1


def test_paying_the_referrer_is_one_upline_and_allowed_everywhere() -> None:
    assert found(rules=rule("checkin.recorded", "referrer"), channel="wechat") == []


def test_paying_the_referrer_of_someone_who_referred_is_two_uplines(social: Catalogue) -> None:
    upward = rule("referral.qualified", "referrer")

    assert network(social, rules=upward, channel="wechat") == [("C1", "block", "rules.0.then.0")]
    assert network(social, rules=upward, channel="web") == []


@pytest.mark.parametrize(
    ("levels", "channel", "stops"),
    [(1, "wechat", False), (2, "wechat", True), (2, "web", False), (3, "web", True)],
)
def test_levels_in_a_config_are_capped_by_channel(social: Catalogue, levels: int, channel: str, stops: bool) -> None:
    told = [("C1", "block", "config.levels")] if stops else []

    assert network(social, config={"levels": levels}, channel=channel) == told


def test_a_list_of_commissions_counts_its_levels(social: Catalogue) -> None:
    assert network(social, config={"commission_levels": [10, 5, 1]}) == [("C1", "block", "config.commission_levels")]


@pytest.mark.parametrize(
    ("op", "value", "stops"), [("=", 2, False), ("=", 3, True), ("<=", 2, False), ("<", 3, False), (">", 2, True)]
)
def test_a_rule_that_pays_for_deep_levels_is_stopped(social: Catalogue, op: str, value: int, stops: bool) -> None:
    deep = rule("checkin.recorded", field="level", op=op, value=value)

    assert bool(network(social, rules=deep, channel="web")) is stops


def test_pay_by_the_size_of_a_team_is_stopped(social: Catalogue) -> None:
    by_heads = rule("checkin.recorded", field="team_size", op=">=", value=10)

    assert network(social, rules=by_heads) == [("C1", "block", "rules.0.if.0")]


def test_an_entry_fee_where_promoter_rights_are_given_is_stopped(social: Catalogue) -> None:
    right = {"id": "promoter", "kind": "entitlement", "name": {"zh": "推广员"}, "config": {"name": "promoter"}}

    assert network(social, config={"entry_fee": 9900}, rewards=[right]) == [("C1", "block", "config.entry_fee")]
    assert network(social, config={"entry_fee": 0}, rewards=[right]) == []
    assert network(social, config={"entry_fee": 9900}) == []


# C2


@pytest.mark.parametrize("when", ["share.done", "assist.completed", "thanked"])
def test_a_reward_for_a_share_or_for_help_blocks_in_wechat_and_warns_elsewhere(social: Catalogue, when: str) -> None:
    assert network(social, rules=rule(when), channel="wechat") == [("C2", "block", "rules.0.when")]
    assert network(social, rules=rule(when), channel="web") == [("C2", "warn", "rules.0.when")]
    assert network(social, rules=rule(when), channel="offline") == [("C2", "warn", "rules.0.when")]


@pytest.mark.parametrize("field", ["shared", "helpers"])
def test_a_condition_on_having_shared_counts_too(social: Catalogue, field: str) -> None:
    shared = rule("checkin.recorded", field=field, op="=", value=1)

    assert network(social, rules=shared, channel="wechat") == [("C2", "block", "rules.0.if.0")]


def test_a_rule_that_is_switched_off_gives_nothing_and_is_let_be(social: Catalogue) -> None:
    off = [{**rule("share.done")[0], "enabled": False}]

    assert network(social, rules=off) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("name", {"zh": "转发有礼"}),
        ("page__rules", {"en": "Forward this to Moments"}),
        ("rewards__0__name", {"zh": "转发积分"}),
        ("config__proof", {"kind": "picture", "prompt": {"zh": "上传朋友圈截图"}}),
        ("config__proof", {"kind": "text", "prompt": {"en": "Paste the link of your Moments: share it to WeChat"}}),
        ("privacy__purposes", [{"field": "share", "purpose": {"zh": "核对你是否转发到朋友圈"}}]),
    ],
)
def test_words_are_read_wherever_people_read_them(place: str, value: Any) -> None:
    said = found(**{place: value, "channel": "wechat"})

    assert [(rule, severity) for rule, severity, _ in said] == [("C2", "block")]
    assert said[0][2].startswith(place.replace("__", ".").split(".0.")[0])


def test_a_choice_of_a_quiz_is_read_too() -> None:
    question = {
        "day": None,
        "question": {"zh": "怎么得券？"},
        "choices": [{"zh": "转发朋友圈"}, {"zh": "早起"}],
        "answer": "2",
    }
    said = found(config__proof={"kind": "quiz", "questions": [question]})

    assert said == [("C2", "warn", "config.proof.questions.0.choices.0.zh")]


def test_one_text_with_many_such_words_is_one_finding() -> None:
    said = found(page__body={"zh": "转发朋友圈，集赞 38 个，好友助力，再转发", "en": ""}, channel="wechat")

    assert said == [("C2", "block", "page.body.zh")]


# C9


def test_the_name_of_a_firm_is_no_claim() -> None:
    assert found(page__organiser={"zh": "中国第一百货", "en": "No. 1 Department Store"}) == []


def test_each_kind_of_claim_in_a_text_is_told_by_itself() -> None:
    said = findings(page__body={"zh": "国家级好课，手慢无，躺赚", "en": ""})

    assert [(line.rule, line.severity, line.quote) for line in said] == [
        ("C9", "warn", "国家级"),
        ("C9", "warn", "手慢无"),
        ("C9", "warn", "躺赚"),
    ]


# C15


@pytest.mark.parametrize(("kept", "stops"), [(None, True), (180, False), (181, True), (1, False)])
def test_data_is_kept_until_180_days_after_the_end_at_most(kept: int | None, stops: bool) -> None:
    told = [("C15", "block", "privacy.retention_days")] if stops else []

    assert found(privacy__retention_days=kept) == told


# C21


@pytest.mark.parametrize("words", ["人数不够系统自动补位", "虚 拟 成 团", "Bots join when friends do not"])
def test_groups_filled_with_people_who_do_not_exist_are_blocked(words: str) -> None:
    assert ("C21", "block", "page.body.zh") in found(page__body={"zh": words, "en": "x"})


def test_a_setting_that_fills_groups_is_blocked_with_the_reason() -> None:
    said = findings(discover(), mechanic="group_buy", config={"virtual_fill": True}, rules=[])

    assert [(one.rule, one.path) for one in said if one.rule == "C21"] == [("C21", "config.virtual_fill")]


@pytest.mark.parametrize("words", ["三人成团，人人有券", "人没凑齐就解散", "Friends fill a group of three"])
def test_real_groups_are_not(words: str) -> None:
    assert "C21" not in {rule for rule, _, _ in found(page__body={"zh": words, "en": "x"})}


# C17

DEPOSIT = {"days": 7, "entry": {"kind": "deposit"}}


@pytest.mark.parametrize("words", ["没完成的人的押金大家瓜分", "打满 7 天抽奖", "Split the pot with those who made it"])
def test_a_deposit_that_is_drawn_for_or_shared_out_needs_a_persons_answer(words: str) -> None:
    said = found(config=DEPOSIT, page__body={"zh": words, "en": "x"})

    assert ("C17", "warn", "page.body.zh") in said
    assert "C17" not in {rule for rule, _, _ in found(page__body={"zh": words, "en": "x"})}


def test_a_reward_for_having_paid_is_one_that_was_bought() -> None:
    assert ("C17", "warn", "rules.0.when") in found(config=DEPOSIT, rules=rule("checkin.deposit_paid"))


@pytest.mark.parametrize("words", ["押金不会瓜分，也不用来抽奖", "It is never a lottery", "打满 7 天全额退"])
def test_a_deposit_that_goes_back_to_its_own_member_is_not(words: str) -> None:
    assert "C17" not in {one for one, _, _ in found(config=DEPOSIT, page__body={"zh": words, "en": "x"})}


# C19


@pytest.mark.parametrize(
    ("place", "value", "path"),
    [
        ("schedule__ends_at", None, "schedule.ends_at"),
        ("rewards__1__stock", None, "rewards.1.stock"),
        ("rewards__1__per_member", None, "rewards.1.per_member"),
        ("rewards__1__unit_cost", 999, "rewards.1.unit_cost"),
        ("budget__total", 0, "budget.total"),
        ("budget__total", 99_999, "budget.total"),
        ("rewards__1__stock", 101, "budget.total"),
        ("budget__per_day", 999, "budget.per_day"),
        ("budget__per_member", 0, "budget.per_member"),
    ],
)
def test_what_is_not_limited_or_not_paid_for_is_stopped(place: str, value: Any, path: str) -> None:
    assert found(**{place: value}) == [("C19", "block", path)]


@pytest.mark.parametrize(("late", "stops"), [(timedelta(seconds=-1), False), (timedelta(0), True)])
def test_what_has_ended_already_is_stopped_when_it_would_go_live_and_only_then(late: timedelta, stops: bool) -> None:
    draft = definition()
    assert draft.schedule.ends_at is not None

    said = lint(draft, discover(), at=draft.schedule.ends_at + late)

    assert [(one.rule, one.severity, one.path) for one in said] == [("C19", "block", "schedule.ends_at")] * stops
    assert lint(draft, discover()) == []


@pytest.mark.parametrize(("peak", "told"), [(800, []), (801, [("C19", "block", "budget.per_day")])])
def test_a_rush_that_a_days_budget_cannot_count_is_told_before_it_comes(peak: int, told: list[Any]) -> None:
    rewards = content()["rewards"]

    assert found(rewards=[rewards[0], {**rewards[1], "peak_per_second": peak}], budget__per_day=50_000) == told
    assert found(rewards=[rewards[0], {**rewards[1], "peak_per_second": peak}]) == []


@pytest.mark.parametrize("place", ["budget__per_day", "budget__per_member"])
def test_a_part_of_the_budget_that_pays_the_dearest_reward_once_is_enough(place: str) -> None:
    assert found(**{place: 1000}) == []


def test_the_budget_counts_what_a_coupon_can_really_cost_and_not_what_was_said() -> None:
    said = found(rewards__1__unit_cost=1, budget__total=200)

    assert [path for _, _, path in said] == ["rewards.1.unit_cost", "budget.total"]


def test_points_cost_nothing_and_need_no_limit() -> None:
    assert found(rewards=[content()["rewards"][0]], rules=rule("checkin.recorded"), budget__total=0) == []


def test_points_that_are_said_to_cost_something_need_limits() -> None:
    said = found(rewards__0__unit_cost=1)

    assert [path for _, _, path in said] == ["rewards.0.stock", "rewards.0.per_member"]


def test_a_reward_that_cannot_be_read_is_treated_as_costly() -> None:
    said = found(rewards__0__kind="unheard_of", rewards__1__config={"value": "broken"})

    assert [path for _, _, path in said] == ["rewards.0.stock", "rewards.0.per_member"]


# sign-offs and C20


def signed(draft: Definition, path: str = "page.body.zh", content_hash: str = "") -> SignOff:
    """A named answer to a C9 warning."""
    return SignOff(
        rule="C9", path=path, by="Lin", reason="proven", content_hash=content_hash or draft.content_hash, at=AT
    )


BOAST = {"page__body": {"zh": "国家级好课", "en": ""}}
SHARE = {"page__body": {"zh": "转发朋友圈领券", "en": ""}, "channel": "wechat"}


def test_an_unsigned_warning_stops_and_a_signed_one_does_not() -> None:
    draft = definition(**BOAST)

    assert blocks(lint(draft, discover()))
    assert not blocks(lint(draft, discover(), [signed(draft)]))
    assert lint(draft, discover(), [signed(draft)])[0].signed == signed(draft)


@pytest.mark.parametrize("other", [{"path": "page.title.zh"}, {"content_hash": "of yesterday"}])
def test_an_answer_to_something_else_answers_nothing(other: dict[str, str]) -> None:
    draft = definition(**BOAST)

    assert blocks(lint(draft, discover(), [signed(draft, **other)]))


def test_a_block_cannot_be_signed_away() -> None:
    draft = definition(**SHARE)
    answer = signed(draft).model_copy(update={"rule": "C2"})

    assert blocks(lint(draft, discover(), [answer]))


def test_what_was_checked_may_be_published() -> None:
    draft = definition()

    assert publishable(draft, draft.content_hash, lint(draft, discover()))


def test_what_was_changed_after_the_check_may_not() -> None:
    checked, edited = definition(), definition(budget__total=200_000)
    stops = obstacles(edited, checked.content_hash, lint(checked, discover()))

    assert [(line.rule, line.severity) for line in stops] == [("C20", "block")]
    assert not publishable(edited, checked.content_hash, lint(checked, discover()))


def test_an_answer_older_than_the_last_edit_is_named() -> None:
    draft = definition(**BOAST)
    stale = signed(draft, content_hash="of yesterday")
    stops = obstacles(draft, draft.content_hash, lint(draft, discover(), [stale]), [stale])

    assert [line.rule for line in stops] == ["C20", "C9"]
    assert "Lin" in stops[0].message.en


def test_an_old_answer_beside_a_new_one_does_no_harm() -> None:
    draft = definition(**BOAST)
    both = [signed(draft, content_hash="of yesterday"), signed(draft)]

    assert publishable(draft, draft.content_hash, lint(draft, discover(), both), both)


# speed


def test_a_big_definition_is_linted_in_50_milliseconds() -> None:
    draft = big()
    lint(draft, discover())

    assert min(seconds(draft) for _ in range(9)) < 0.05


@pytest.mark.parametrize(
    "part", ["1", "分享", "share it to ", "get a friend ", "a ", "a\n", "不需要你", "全国最", "*", "각"]
)
def test_no_text_makes_the_lint_slow(part: str) -> None:
    draft = definition(page__body={"zh": (part * 4000)[:3990] + "转发", "en": ""})
    lint(draft, discover())

    assert min(seconds(draft) for _ in range(5)) < 0.05


@given(st.text(max_size=200))
def test_any_text_can_be_linted_and_what_is_quoted_was_written(text: str) -> None:
    for line in findings(page__body={"zh": text, "en": f"{text} 转发 {text}"}):
        assert line.quote in f"{text} 转发 {text}"


def seconds(draft: Definition) -> float:
    """Processor time of one lint."""
    begun = time.process_time()
    lint(draft, discover())
    return time.process_time() - begun


def big() -> Definition:
    """A quiz of 100 questions, 20 rewards, 40 rules, and pages of text as long as they may be."""
    choices = [{"zh": "六十摄氏度左右", "en": "About 60 degrees"}, {"zh": "刚烧开的水", "en": "Just boiling"}]
    asked = {"zh": "一杯手冲咖啡，水温多少合适？", "en": "How hot should the water be for pour-over coffee?"}
    questions = [{"day": n + 1, "question": asked, "choices": choices, "answer": "1"} for n in range(100)]
    text = {"zh": "每天读一点，写一句，满二十一天得一本书。" * 180, "en": "Read a little and write a line. " * 120}
    coupon = content()["rewards"][1]
    return definition(
        config__proof={"kind": "quiz", "questions": questions},
        page__body=text,
        page__rules=text,
        rewards=[{**coupon, "id": f"r{n}"} for n in range(20)],
        rules=[{"id": f"x{n}", "when": "checkin.recorded", "then": [{"reward": f"r{n % 20}"}]} for n in range(40)],
        budget__total=2_000_000,
    )


def test_findings_are_plain_data_that_a_version_can_store() -> None:
    line = findings(**SHARE)[0]

    assert Finding.model_validate(line.model_dump(mode="json")) == line


def test_every_rule_has_its_section_in_the_docs() -> None:
    page = (EXAMPLES.parent / "docs" / "lint.md").read_text(encoding="utf-8")

    rules = sorted([*checks(), "C20"], key=lambda name: int(name[1:]))
    assert [line.split(" ")[1] for line in page.splitlines() if line.startswith("### C")] == rules


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("把团发到朋友圈", {"C2", "C3"}),
        ("发圈一起拼", {"C3"}),
        ("Post your group in Moments", {"C2", "C3"}),
        ("请勿发朋友圈，直接发给朋友", set()),
        ("Do not post it to Moments", set()),
        ("We cherish these moments", set()),
    ],
)
def test_a_group_inside_wechat_is_not_sent_to_moments(words: str, rules: set[str]) -> None:
    group = read(EXAMPLES.parent / "functions" / "group_buy" / "templates" / "three-together.yaml")
    group["page"]["body"] = {"zh": words, "en": words}
    said = lambda channel: lint(Definition.model_validate({**group, "channel": channel}), discover())  # noqa: E731

    assert {one.rule for one in said("wechat") if one.severity == "block"} == rules
    assert "C3" not in {one.rule for one in said("web")}


def test_a_portrait_may_be_used_where_members_are_told_what_for() -> None:
    purposes = [
        *CLEAN["privacy"]["purposes"],
        {"field": "avatar", "purpose": {"zh": "放在海报上", "en": "On a poster"}},
    ]
    asked = {"page__body": {"zh": "海报显示你的头像", "en": "Your avatar is on the poster"}}

    assert {rule for rule, _, _ in found(**asked)} == {"C4"}
    assert found(**asked, privacy__purposes=purposes) == []


@pytest.mark.parametrize(
    ("zh", "en", "rules"),
    [
        ("排行榜只显示昵称的第一个字", "Your nickname is shown by its first letter", set()),
        ("头像和昵称会显示在排行榜", "Your avatar is shown on the leaderboard", {"C4"}),
    ],
)
def test_nicknames_on_a_leaderboard_are_of_those_who_agreed_there_and_portraits_are_not(
    zh: str, en: str, rules: set[str]
) -> None:
    said = {"page__body": {"zh": zh, "en": en}}

    assert {rule for rule, _, _ in found(**said)} == {"C4"}
    assert {rule for rule, _, _ in found(**said, config__leaderboard=True)} == rules

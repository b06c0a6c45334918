"""What is wrong says which field it is about, in the words of the form, and stands on the step where that field is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.core.discovery import discover
from functions.core.faults import Fault
from functions.core.parsing import parse
from functions.core.templates import starting
from functions.core.text import Text
from tests.ui.conftest import NOW
from ui.components.composer.places import step_of, troubled
from ui.components.composer.subjects import told
from ui.components.forms.values import Path, put
from ui.templates import templates

MORNINGS = starting(templates()["seven-mornings"], NOW)  # its first reward is points, its second a coupon
LONG_AGO = (NOW - timedelta(days=900)).isoformat()
CROSSED = {"kind": "text", "min_length": 9, "max_length": 8}
NO_SUCH_ANSWER = {"question": {"zh": "问", "en": "Q"}, "choices": [{"zh": "甲"}, {"zh": "乙"}], "answer": "7"}
BACKWARDS = {"kind": "fixed", "first": "2026-12-02", "last": "2026-12-01"}
NOBODY = [{"kind": "newcomer"}, {"kind": "customer"}]
COUPON_ZH, COUPON_EN = "“满 30 减 10 元券” · ", "“¥10 off over ¥30” · "


@pytest.mark.parametrize(
    ("at", "value", "step", "zh", "en"),
    [
        (
            "page.title.en",
            "x" * 10_000,
            "page",
            "标题 · 英文：最多 4,000 个字",
            "Title · English: at most 4,000 characters",
        ),
        (
            "page.title.zh",
            "字" * 4001,
            "page",
            "标题 · 中文：最多 4,000 个字",
            "Title · Chinese: at most 4,000 characters",
        ),
        ("page.contact", "x" * 201, "page", "联系方式：最多 200 个字", "Contact: at most 200 characters"),
        (
            "page.colour",
            "green",
            "page",
            "品牌颜色：颜色写成 #0B6E5F 这样",
            "Brand colour: a colour is written like #0B6E5F",
        ),
        ("page.hero", "poster.gif", "page", "头图：请重新上传这张图片", "Picture: please upload this picture again"),
        ("privacy.retention_days", 4000, "page", "保存期限：不能大于 3,650", "Kept for: must be 3,650 or less"),
        ("mechanic", "chess", "basics", "玩法：没有这种玩法", "Mechanic: there is no such mechanic"),
        ("config.days", None, "basics", "完成天数：必须填写", "Days to complete: must be filled in"),
        ("config.days", 2.5, "basics", "完成天数：请填整数", "Days to complete: must be a whole number"),
        ("config.days", 99_999, "basics", "完成天数：不能大于 366", "Days to complete: must be 366 or less"),
        (
            "config.make_up.price",
            -1,
            "basics",
            "补卡 · 每次花费积分：不能小于 0",
            "Make-up days · Price of each: must be 0 or more",
        ),
        (
            "config.milestones.total",
            [5, 3],
            "basics",
            "里程碑 · 累计里程碑：要从小到大，不能重复",
            "Milestones · Totals: must rise, each once",
        ),
        (
            "config.proof",
            CROSSED,
            "basics",
            "打卡凭证 · 最少字数：不能大于最多字数",
            "Proof · At least: cannot be above “At most”",
        ),
        (
            "config.proof",
            {"kind": "quiz", "questions": [NO_SUCH_ANSWER]},
            "basics",
            "打卡凭证 · 题目 1 · 答案：要填选项的序号",
            "Proof · Questions 1 · Answer: must be the number of a choice",
        ),
        (
            "rules.0.then.0.amount",
            0,
            "rules",
            "规则 1 · 就发 1 · 数量：不能小于 1",
            "Rule 1 · Then give 1 · How many: must be 1 or more",
        ),
        (
            "rules.0.if",
            [{"field": "total", "value": "x"}],
            "rules",
            "规则 1 · 若 1 · 值：请填整数",
            "Rule 1 · If 1 · Value: must be a whole number",
        ),
        ("rules.0.then", [], "rules", "规则 1 · 就发：必须填写", "Rule 1 · Then give: must be filled in"),
        (
            "rewards.1.stock",
            10**8,
            "rewards",
            COUPON_ZH + "库存：不能大于 10,000,000",
            COUPON_EN + "Stock: must be 10,000,000 or less",
        ),
        (
            "rewards.1.unit_cost",
            -1,
            "rewards",
            COUPON_ZH + "单份成本：不能小于 ¥0",
            COUPON_EN + "Cost of one: must be ¥0 or more",
        ),
        (
            "rewards.1.config.value.amount",
            -100,
            "rewards",
            COUPON_ZH + "优惠 · 减多少：不能小于 ¥0.01",
            COUPON_EN + "Worth · Amount off: must be ¥0.01 or more",
        ),
        (
            "rewards.1.config.validity",
            BACKWARDS,
            "rewards",
            COUPON_ZH + "有效期 · 到哪天止：不能早于开始日期",
            COUPON_EN + "Validity · Until: cannot be before the first day",
        ),
        (
            "budget.per_day",
            10**13,
            "rewards",
            "每天的预算：不能大于 ¥10,000,000,000",
            "Budget for each day: must be ¥10,000,000,000 or less",
        ),
        ("schedule.ends_at", LONG_AGO, "audience", "结束时间：要晚于开始时间", "Ends: must be after the start"),
        ("schedule.starts_at", None, "audience", "开始时间：必须填写", "Starts: must be filled in"),
        (
            "schedule.zone",
            "Mars",
            "audience",
            "时区：没有这个时区，例如 Asia/Shanghai",
            "Time zone: not an IANA time zone, such as Asia/Shanghai",
        ),
        (
            "audience.needs",
            NOBODY,
            "audience",
            "只限：新会员没有买过东西，也没有参加过别的活动：这样没有人符合",
            "Only for: newcomers bought nothing and took part in nothing: nobody is all of this",
        ),
    ],
)
def test_what_is_wrong_names_its_field_and_its_step(at: str, value: Any, step: str, zh: str, en: str) -> None:
    path: Path = tuple(int(one) if one.isdigit() else one for one in at.split("."))
    content = put(MORNINGS, path, value)

    _definition, (fault,) = parse(content, discover())

    assert (told(content, discover(), fault, "zh"), told(content, discover(), fault, "en")) == (zh, en)
    assert troubled([fault]) == {step}


def test_on_its_own_card_a_reward_is_not_named_again() -> None:
    fault = Fault("rewards.1.stock", "any", Text(zh="不行", en="Not so"))

    assert told(MORNINGS, discover(), fault, "en", within=2) == "Stock: not so"


def test_an_abbreviation_stays_as_it_is_written() -> None:
    fault = Fault("config.days", "any", Text(zh="不行", en="GTIN is missing"))

    assert told(MORNINGS, discover(), fault, "en") == "Days to complete: GTIN is missing"


def test_what_no_field_stands_for_is_said_by_itself() -> None:
    assert told(MORNINGS, discover(), Fault("", "any", Text(zh="不行", en="Not so")), "en") == "Not so"
    assert step_of("") == "check"

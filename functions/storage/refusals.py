"""What the storage says instead of doing it, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from functions.core.text import Text

if TYPE_CHECKING:  # functions that refuse something start without the lint
    from functions.core.faults import Fault
    from functions.core.lint import Finding

UNKNOWN = Text(zh="没有这个活动", en="There is no such campaign")
CONFLICT = Text(zh="别人刚刚也改了，请先看看", en="Someone else changed this a moment ago. Please look first")
BUSY = Text(zh="现在太忙了，请稍后再试", en="Too busy just now. Please try again in a moment")
INVALID = Text(zh="还有填错的地方", en="Some fields are not right yet")
BLOCKED = Text(zh="检查没有通过，不能上线", en="The check found something that stops publishing")
APPROVAL_NEEDED = Text(
    zh="上线前要先有人审批同意这份内容，请先提交审批",
    en="Somebody has to agree to exactly this content first: ask for approval",
)
NOT_ALLOWED = Text(
    zh="你的角色不能做这一步，需要的话请找管理员",
    en="Your role does not allow this step. Ask an admin if you need it",
)
SIGNED_OUT = Text(
    zh="登录已过期或权限有变化，这一步没有做；请重新登录再试",
    en="Your sign-in is over or your role has changed, so this was not done. Sign in and try again",
)
TOO_MANY_SHARDS = Text(
    zh="限量奖励的预计峰值合起来太高，请拆成两个活动",
    en="The limited rewards expect too much at once: make it two campaigns",
)
DAY_TOO_SMALL = Text(
    zh="这个活动的预计峰值高，每天的预算要分成几份记账，现在一份还不够发一次最贵的奖励，请调高每天的预算",
    en="This campaign expects a rush, so a day's budget is counted in parts, and one part cannot pay its dearest "
    "reward: raise the budget for each day",
)
BATCH_UNFIT = Text(
    zh="“谁能参加”里选的那批码不在了，或者没有用在别的活动里：这样没有人能参加，请换一批。",
    en="The batch of codes that “Who may take part” asks for is gone, or used in no other campaign: nobody could take "
    "part. Choose another.",
)
MECHANIC_CHANGED = Text(
    zh="上线过的活动不能换玩法，已经参加的人还在里面；请新建一个活动",
    en="A campaign that has been live keeps its mechanic, for people take part in it. Begin a new one",
)
OPEN_NEED_ROOM = Text(
    zh="还有没结束的团或助力是按之前的规则开的，人数更多；这一版一次发的奖励太多，它们会放不下。请减少规则发的奖励，或等它们结束再发布",
    en="Groups or assists that were begun under an earlier version are still open, and have more people in them than "
    "these rules leave room for. Let the rules give fewer rewards, or publish when those are over",
)
LESS_THAN_GRANTED = Text(
    zh="库存不能改得比已发出的还少", en="The stock cannot be set below what has already been granted"
)


class Refused(Exception):
    """A step that the state, the content, a role or another editor does not allow. `code` is stable."""

    def __init__(
        self, code: str, message: Text, faults: Sequence[Fault] = (), findings: Sequence[Finding] = ()
    ) -> None:
        super().__init__(code)
        self.code, self.message = code, message
        self.faults, self.findings = list(faults), list(findings)

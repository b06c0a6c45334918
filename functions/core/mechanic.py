"""The contract of a mechanic: a folder with `mechanic.py`, found by `core/discovery.py`.

    KIND, TITLE           its name, and what people call it
    ACCEPTS               event kind -> Accepts(model of the data, who may send it)
    OUTCOMES              stable code -> sentence
    FACTS                 fact kind -> FactType: the fields that rules may ask about
    class Config          pydantic: form, validation and stored definition in one
    reads(config, event)  every row that decide() may look at, besides the member's own; one round
    decide(config, event, seen) -> Decision            pure
    view(config, moment, record) -> dict               what the member sees of their own state; pure
and, where a config may not suit every schedule:
    misfits(config, moment) -> [(field, code, sentence)]  what cannot work under this schedule; pure
and, where an option of the config keeps a fact from ever becoming true:
    silent(config) -> {fact kind: sentence}            why rules on it would never pay; pure
and, where members may want to be reminded of a day (pages/reminder.py):
    reminder(config, moment) -> Reminder | None        when, from `moment` on; None where nothing is offered; pure
and, where members may be compared on a leaderboard (core/board.py):
    RANKED_BY = (Text, Text)                           what the two numbers of a rank are called
    rank(config, moment, record) -> (int, int) | None  how far a member is, the higher the better; None: no board; pure
and, where members share something, such as a group:
    follows(config, event, record) -> [Key]            rows that the home row's own record leads to; a second round
    most(config) -> {recipient: number}                how many a fact can concern at most, of each recipient
    outlasts(config) -> ({recipient: number}, timedelta)  the same of one begun under it, whatever rules are published
                                                       while it lasts; nothing where it can go in steps
    asks_newcomer(config, event) -> bool               whether `event.newcomer` counts: one more query, by the edge
    CLOSES = {unit's kind: event}, LEAVES = event      what a timer says of one, and what a member's leaving says
    CONTINUES = outcomes                               of what a timer says, after which it goes on at once
    watches(config, campaign, record, asked) -> [Key]  the rows a member's page shows besides; `asked` is from a link
    PAID_AS = outcomes                                 what a payment comes to besides `paid`, for the page it leads to
    SHARED_AS                                          as what its links are counted (core/sharing.py)
    lists(config) -> bool                              whether the page lists what may be joined
    sample(config, campaign, member, at, done) -> (record, rows)   a made-up member among others, for the preview; pure
    shared(config, campaign, at, rows, member, asked) -> dict   what the member sees of them; pure
and, where members pay for something:
    owes(config, campaign, member, seen) -> Debt | None   what they have to pay now, by the rows of `watches`; pure
    UNIT, PAYS_FOR                                     the kind of row that tells what became of it, and the field of
                                                       the payment's subject that names it
    keeps(campaign, name, row, payment) -> int         what of a payment stays with the house, as that row says; pure
    overdue(row, at, over) -> bool                     whether it is held past its time; `over`: the campaign was ended
    told(config, money) -> [Text]                      what the rules' text has to say of it; `money` writes minor units
    posed(config, moment, record) -> record            of the preview's made-up member, as if they had paid; pure
    deposit(config) -> int                             what each member pays and has back; 0 for nothing
    ENDS = unit's kinds                                of CLOSES: whose time is over as soon as the campaign is
and, where members bring others:
    brought_buyers(config, record) -> int              how many of those bought; pure
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol

from pydantic import BaseModel

from functions.core.calendar import Calendar
from functions.core.change import Change
from functions.core.event import Actor, Event
from functions.core.keys import Key, Row
from functions.core.text import Text

OWN = ""  # among a fact's others: the member whose event it was


@dataclass(frozen=True)
class Accepts:
    """An event kind: the model of its data, who may send it, and the button's words."""

    data: type[BaseModel]
    actors: tuple[Actor, ...] = ("member",)
    title: Text = Text()


@dataclass(frozen=True)
class FactType:
    """A kind of fact: how people read it, its fields with the type that rules compare by, and whom it concerns.

    `earned` says to each whom it concerns (`member`, `leader`, ...) what of theirs a reward is for, so that it reads
    after "When" and before 时. `happens` is what marketers read after "When" in a language where the title does not
    stand there. `reached` says the same to a member at one value of a field: "{value} days in a row". A fact that comes
    `once` comes to a member at most one time. `many` names several of it in a count, such as check-ins.
    """

    title: Text
    fields: Mapping[str, type] = field(default_factory=dict)
    labels: Mapping[str, Text] = field(default_factory=dict)
    concerns: tuple[str, ...] = ("member",)
    earned: Mapping[str, Text] = field(default_factory=dict)
    happens: Text = Text()
    once: bool = False
    reached: Mapping[str, Text] = field(default_factory=dict)
    many: Text = Text()


@dataclass(frozen=True)
class Fact:
    """Something that became true. `occurrence` tells one such fact of a member from the next, forever.

    `others` names the members it concerns besides: recipient of a rule (`leader`, `group`, `referrer`) -> their ids.
    Of a `reversible` fact it is kept what was given for it, so that it can be taken back (`Decision.undone`): under
    the name of the unit that it is true `of`, such as a group, else under the member whose event it was.
    What was told before and is told `again` to further members is not counted anew.
    """

    kind: str
    occurrence: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reversible: bool = False
    of: str = ""
    again: bool = False


@dataclass(frozen=True)
class Charge:
    """What the member pays for this, in a reward that can be spent (points)."""

    kind: str
    amount: int
    reason: str


@dataclass(frozen=True)
class Debt:
    """What a member has to pay (minor units), under which name, and what the payment is told to be for.

    `begins`: they begin with it, so that nobody pays for what has nothing left to give.
    """

    payment: str
    amount: int
    subject: Mapping[str, str]
    begins: bool = False


@dataclass(frozen=True)
class Moment:
    """When and under which schedule something is looked at. `closes_at` is the campaign's end, where it has one."""

    at: datetime
    calendar: Calendar
    starts: date
    ends: date
    closes_at: datetime | None = None

    @cached_property
    def today(self) -> date:
        """The campaign day of `at`."""
        return self.calendar.day_of(self.at)


@dataclass(frozen=True)
class Room:
    """What one write has left: `rows` for all members of a group, of which the rules take `each` for one of them."""

    rows: int = 95
    each: int = 1

    def people(self, more: int) -> int:
        """How many members fit, where the mechanic writes `more` rows for each of them besides."""
        return self.rows // max(1, self.each + more)


@dataclass(frozen=True)
class Seen:
    """What a decision may rest on: the home row's own record, the rows of `reads()` and `follows()`, the schedule.

    What a shop or a timer says comes to a campaign that is not open as well: then `closed` says why nothing is given,
    `paused`, `ended`, or `left` when the member is gone. `room` tells what one write has left for what members share.
    """

    moment: Moment
    record: Mapping[str, Any]
    rows: Mapping[Key, Row | None] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    closed: str = ""
    room: Callable[[], Room] = Room


@dataclass(frozen=True)
class Decision:
    """What should happen: an outcome, and unless it is a refusal the new record, facts, charges, other rows.

    `records` are those of other members whose rows were read, by their id. `undone` names facts of this member, as
    (kind, occurrence), or of a unit, as (kind, occurrence, unit), that were true and are not any more: what was given
    for them is taken back. What was `promised` before the campaign closed is given also afterwards.
    """

    outcome: str
    record: Mapping[str, Any] | None = None
    facts: tuple[Fact, ...] = ()
    changes: tuple[Change, ...] = ()
    charges: tuple[Charge, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    undone: tuple[tuple[str, ...], ...] = ()
    promised: bool = False


def refuse(outcome: str, **values: Any) -> Decision:
    """Nothing happens; `outcome` says why, `values` fill its sentence."""
    return Decision(outcome, values=values)


def accept(outcome: str, record: Mapping[str, Any], *facts: Fact, **values: Any) -> Decision:
    """The member's record changes and `facts` became true."""
    return Decision(outcome, record, facts, values=values)


class Mechanic(Protocol):
    """The module `functions/<kind>/mechanic.py`."""

    KIND: str
    TITLE: Text
    ACCEPTS: Mapping[str, Accepts]
    OUTCOMES: Mapping[str, Text]
    FACTS: Mapping[str, FactType]
    Config: type[BaseModel]

    def reads(self, config: Any, event: Event) -> Sequence[Key]:
        """Rows besides the member's own that decide() looks at."""
        ...

    def decide(self, config: Any, event: Event, seen: Seen) -> Decision:
        """What the event does. Pure."""
        ...

    def view(self, config: Any, moment: Moment, record: Mapping[str, Any]) -> dict[str, Any]:
        """The member's own state, as API and pages show it. Pure."""
        ...

"""A batch of the table's stream: counted, and full ledger pages turned. What fails is named; the rest is done."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from functions.core import keys
from functions.edge import logs
from functions.edge.bringing import brought
from functions.edge.service import Service
from functions.insights import board, collected, doors, latest, stages, suspects
from functions.insights.counting import count
from functions.insights.numbers import PEOPLE, People, row_name
from functions.insights.reading import COUPON, DEPTH_SHOWN, SHARED, Counted, Written, counted, written
from functions.insights.stopping import stop
from functions.points.ledger import PAGE_ENTRIES, turn_page
from functions.storage import till
from functions.storage.engine import Pause, TooBusy
from functions.storage.members import PARTICIPATE
from functions.storage.store import Busy, Unknown

NOT_NOW = (TooBusy, Busy, Unknown)
News = dict[tuple[str, str], list[tuple[str, Counted]]]  # what a row of a campaign is to count, by sequence number


def deliver(service: Service, records: Sequence[Mapping[str, Any]], pause: Pause) -> list[str]:
    """Sequence numbers of the records that must come again: a poisoned one, or what met a busy table."""
    news: News = defaultdict(list)
    fresh: dict[str, list[tuple[str, latest.Happened]]] = defaultdict(list)
    failed: list[str] = []
    ends: set[tuple[str, int]] = set()
    places: dict[str, list[board.Heard]] = defaultdict(list)
    for record in records:
        try:
            write = written(record)
            found = _counted(service, write) if write else None
            for one in _all_of(service, write, found, pause) if write else ():
                news[one.campaign, _row_of(service, one)].append((write.sequence, one))
            if write:
                _turn(service, write)
                _till(service, write)
                _appeared(service, write)
                collected.note(service.store, write, pause)
                suspects.note(service.store, write, pause)
                stages.note(service.store, write, partial(brought, service), service.clock(), pause)
                stop(service, write)
                ends |= _ends(write)
                if place := board.heard(service, write):
                    places[place[0]].append(place[1])
                fresh[write.key.parts[0]] += [(write.sequence, one) for one in latest.happened(write)]
        except Exception as error:  # noqa: BLE001 - one record may not hold up the others; it is parked at last
            service.write_log(logs.failure(error, service=service.settings.function))
            failed.append(record["dynamodb"]["SequenceNumber"])
    for (campaign, name), found_there in [*news.items(), *_people(news).items()]:
        try:
            counted_there = doors.known(service.store, campaign, [one for _, one in found_there])
            count(service.store, campaign, name, counted_there, service.clock(), pause)
        except NOT_NOW as error:
            service.write_log(logs.failure(error, service=service.settings.function))
            failed += [sequence for sequence, _ in found_there]
    _wake(service, ends)
    return failed + _keep_boards(service, places, pause) + _keep_latest(service, fresh)


def _people(news: News) -> News:
    """Of the same news what concerns who ever took part: only a member's first event does."""
    found: News = defaultdict(list)
    for (campaign, _), there in news.items():
        for sequence, one in there:
            counts = {name: one.counts[name] for name in People._fields if name in one.counts}
            if counts:
                found[campaign, PEOPLE].append((sequence, replace(one, counts=counts)))
    return found


def _ends(write: Written) -> set[tuple[str, int]]:
    """The campaign and the second in which something new of it runs out."""
    is_new = write.key.kind == "due" and write.before is None and write.after is not None
    return {(write.key.parts[0], int(write.key.parts[1]))} if is_new else set()


def _wake(service: Service, ends: set[tuple[str, int]]) -> None:
    """Ask for the sweeper at those moments. What fails is left to its own round, and holds nothing up."""
    now = int(service.clock().timestamp())
    for campaign, until in sorted(ends):
        try:
            service.schedules.wake(campaign, until, now)
        except Busy as error:
            service.write_log(logs.failure(error, service=service.settings.function))
            return


def _keep_boards(service: Service, places: Mapping[str, Sequence[board.Heard]], pause: Pause) -> list[str]:
    """The leaderboard of each campaign that has one; what met a busy table comes again."""
    failed = []
    for campaign, found in places.items():
        try:
            board.keep(service, campaign, found, pause)
        except Exception as error:  # noqa: BLE001 - one board may not hold up the others; it comes again
            service.write_log(logs.failure(error, service=service.settings.function))
            failed += [one.sequence for one in found]
    return failed


def _keep_latest(service: Service, fresh: Mapping[str, Sequence[tuple[str, latest.Happened]]]) -> list[str]:
    """The newest facts of each campaign; what met a busy table comes again."""
    failed = []
    for campaign, found in fresh.items():
        try:
            latest.keep(service.store, campaign, [one for _, one in found], service.clock())
        except NOT_NOW as error:
            service.write_log(logs.failure(error, service=service.settings.function))
            failed += [sequence for sequence, _ in found]
    return failed


def _all_of(service: Service, write: Written, found: Counted | None, pause: Pause) -> list[Counted]:
    """What a write adds to its campaign's numbers, and to those of the codes that people came through."""
    if found is None:
        ordered = doors.ordered(service.store, write, pause)
        return [*ordered, *doors.went(write), *doors.scanned(write), *stages.counted(write)]
    return doors.people(service.store, write, found, pause)


def _counted(service: Service, write: Written) -> Counted | None:
    """What a write adds; of someone's first event also whether they took part in any campaign before."""
    found = counted(write, service.live.version)
    if found is None or not found.counts.get("participants"):
        return found
    campaign, member = write.key.parts
    agreed = {
        purpose: row["at"] for purpose, row in service.store.query("member", member, prefix=f"CONSENT#{PARTICIPATE}")
    }
    key = keys.touch(campaign, member)
    if touch := service.store.read([key])[key]:
        place = f"{SHARED}{min(touch['depth'], DEPTH_SHOWN)}"  # where their visit was counted: a level is a share of it
        found = replace(found, counts={**found.counts, "shared": 1, place: 1, f"share.way.{touch['way']}": 1})
    here = agreed.pop(f"CONSENT#{keys.participation(campaign)}", None)
    if here is None or any(at < here for at in agreed.values()):
        return found
    return replace(found, counts={**found.counts, "newcomers": 1})


def _row_of(service: Service, found: Counted) -> str:
    """The campaign's day of a write, and the version: each is counted by itself. UTC's day where it is gone."""
    if found.day:
        return row_name(date.fromisoformat(found.day), found.version)
    live = service.live.get(found.campaign, service.clock())
    if live is None or live.version is None:
        return row_name(found.at.date(), found.version)
    return row_name(live.version.definition.schedule.calendar.day_of(found.at), found.version)


def _till(service: Service, write: Written) -> None:
    """Add a coupon's redemption, or its reversal, to its clerk's list."""
    is_coupon = write.key.kind == "wallet" and write.key.parts[1] == COUPON
    if not is_coupon or write.after is None or write.after.get("erased"):
        return
    if changes := till.lines(write.before or {}, write.after):
        service.store.write(changes)


def _appeared(service: Service, write: Written) -> None:
    """What the order queue has to do: an intent, or that a phone is a member's now, whose orders may have waited."""
    if write.key.kind == "due" and write.before is None and int(write.key.parts[1]) <= service.clock().timestamp():
        service.queue.send([json.dumps({"kind": "due", "parts": write.key.parts})])
    if write.key.kind == "intent" and write.before is None:
        kind, name = write.key.parts
        service.queue.send([json.dumps({"kind": kind, "name": name})])
    if write.key.kind == "identity" and write.before is None and write.after is not None:
        service.queue.send([json.dumps({"kind": "identity", "mark": write.key.parts[0]})])


def _turn(service: Service, write: Written) -> None:
    """Move a full page of a member's points out of the open row. Refused means that a newer row is on its way here."""
    if write.key.kind != "points" or write.after is None or len(write.after["entries"]) < PAGE_ENTRIES:
        return
    member = write.key.parts[0]
    row = service.store.read([keys.points(member)])[keys.points(member)]
    changes = turn_page(member, row) if row else []
    if changes:
        service.store.write(changes)

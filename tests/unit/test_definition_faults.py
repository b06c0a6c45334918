"""What is wrong with a definition is said in both languages, with a stable code, at the place people wrote it."""

from typing import Any, Literal

import pytest
from pydantic import BaseModel, ValidationError

from functions.core.discovery import discover
from functions.core.faults import SENTENCES, faults_of, path_of, sentence
from functions.core.parsing import parse
from functions.core.text import Text
from tests.unit.lint_drafts import content

HAN = range(0x4E00, 0x9FFF)


def faults(**changes: Any) -> list[tuple[str, str]]:
    """(place, code) of what is wrong with the changed seven mornings; every sentence is there in both languages."""
    _, found = parse(content(**changes), discover())
    assert all(speaks_both(fault.message) for fault in found), found
    return [(fault.path, fault.code) for fault in found]


def speaks_both(text: Text) -> bool:
    """Whether the Chinese is Chinese and the English is not, and every value was filled in."""
    here = {letter for letter in text.en if ord(letter) in HAN}
    return any(ord(letter) in HAN for letter in text.zh) and not here and "{" not in text.en


@pytest.mark.parametrize(
    ("changes", "place", "code"),
    [
        ({"mechanic": "unheard_of"}, "mechanic", "unknown_mechanic"),
        ({"mechanic": 3}, "mechanic", "string_type"),
        ({"name": "words"}, "name", "model_type"),
        ({"name": {}}, "name", "name_missing"),
        ({"name": {"zh": " ", "en": "\n"}}, "name", "name_missing"),
        ({"name__fr": "bonjour"}, "name.fr", "extra_forbidden"),
        ({"channel": "tv"}, "channel", "literal_error"),
        ({"schedule": {}}, "schedule.starts_at", "missing"),
        ({"schedule__zone": "Mars/Olympus"}, "schedule.zone", "unknown_zone"),
        ({"schedule__starts_at": "soon"}, "schedule.starts_at", "datetime_from_date_parsing"),
        ({"schedule__starts_at": "2026-12-01T00:00:00"}, "schedule.starts_at", "timezone_aware"),
        ({"schedule__starts_at": "0001-01-01T00:00:00+08:00"}, "schedule.starts_at", "time_out_of_range"),
        ({"schedule__ends_at": "9999-12-31T23:59:59-14:00"}, "schedule.ends_at", "time_out_of_range"),
        ({"schedule__ends_at": "2026-11-01T00:00:00Z"}, "schedule.ends_at", "end_before_start"),
        ({"schedule__day_start": "noon"}, "schedule.day_start", "time_parsing"),
        ({"config__days": "many"}, "config.days", "int_parsing"),
        ({"config__days": 1.5}, "config.days", "int_from_float"),
        ({"config__days": 0}, "config.days", "greater_than_equal"),
        ({"config__days": 367}, "config.days", "less_than_equal"),
        ({"config__make_up": {"counts_for_streak": "perhaps"}}, "config.make_up.counts_for_streak", "bool_parsing"),
        ({"config__rest": {"dates": ["christmas"]}}, "config.rest.dates.0", "date_from_datetime_parsing"),
        ({"config__rest": {"weekdays": "sun"}}, "config.rest.weekdays", "list_type"),
        ({"config__proof": {}}, "config.proof", "union_tag_not_found"),
        ({"config__proof": {"kind": "song"}}, "config.proof", "union_tag_invalid"),
        ({"config__proof": {"kind": "text", "min_length": 0}}, "config.proof.min_length", "greater_than_equal"),
        ({"config__proof": {"kind": "quiz", "questions": []}}, "config.proof.questions", "too_short"),
        ({"rewards__0__kind": "gold"}, "rewards.0.kind", "unknown_reward"),
        ({"rewards__0__id": "No Slug"}, "rewards.0.id", "string_pattern_mismatch"),
        ({"rewards__1__config__value__amount": -1}, "rewards.1.config.value.amount", "greater_than_equal"),
        ({"rules__0__when": "moon.rose"}, "rules.0.when", "unknown_fact"),
        ({"rules__0__if__0__field": "mood"}, "rules.0.if.0.field", "unknown_field"),
        ({"rules__0__if__0__value": "no"}, "rules.0.if.0.value", "value_unfit"),
        ({"rules__0__if__0__op": ">"}, "rules.0.if.0.op", "operator_unfit"),
        ({"rules__0__then": []}, "rules.0.then", "too_short"),
        ({"rules__0__then__0__reward": "gold"}, "rules.0.then.0.reward", "unknown_reward"),
        ({"page__colour": "green"}, "page.colour", "string_pattern_mismatch"),
        ({"page__contact": "x" * 201}, "page.contact", "string_too_long"),
        ({"privacy__retention_days": 0}, "privacy.retention_days", "greater_than_equal"),
        ({"privacy__purposes__0__field": ""}, "privacy.purposes.0.field", "string_too_short"),
    ],
)
def test_a_fault_is_named_at_its_place(changes: dict[str, Any], place: str, code: str) -> None:
    assert faults(**changes) == [(place, code)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_name_in_one_language_is_enough(language: str) -> None:
    assert faults(name={language: "早安 morning"}) == []


def test_an_id_used_twice_is_a_fault_of_the_whole() -> None:
    twice = content()["rewards"][:1] * 2

    assert faults(rewards=twice, rules=[]) == [("", "id_used_twice")]


def test_every_fault_is_told_at_once() -> None:
    assert len(faults(channel="tv", schedule__zone="Mars", budget__total=-1)) == 3


@pytest.mark.parametrize(
    "conditions", [[{"op": "every", "field": "streak"}], [{"op": "in", "field": "streak", "value": []}]]
)
def test_a_senseless_condition_is_explained(conditions: list[dict[str, Any]]) -> None:
    assert [place for place, _ in faults(rules__0__if=conditions)] == ["rules.0.if.0.value"]


def test_every_sentence_is_there_in_both_languages() -> None:
    assert all(text.complete for text in SENTENCES.values())


def test_what_no_sentence_is_known_for_is_said_in_its_own_words() -> None:
    said = sentence({"type": "unheard_of", "msg": "Value error, the moon is full", "ctx": {}})

    assert said == Text(zh="这里填得不对：the moon is full", en="the moon is full")


def test_a_choice_is_told_with_its_values() -> None:
    class Model(BaseModel):
        colour: Literal["red", "green", "blue"]

    with pytest.raises(ValidationError) as raised:
        Model.model_validate({"colour": "grey"})

    fault = faults_of(raised.value)[0]
    assert fault.message.zh == "只能是：'red'、'green'、'blue'"
    assert fault.message.en == "Must be one of 'red', 'green' or 'blue'"


@pytest.mark.parametrize(
    ("loc", "written", "place"),
    [
        (("proof", "text", "min"), {"proof": {"kind": "text", "min": 0}}, ["proof", "min"]),
        (("proof", "text", "text"), {"proof": {"kind": "text", "text": 0}}, ["proof", "text"]),
        (("list", 1, "a"), {"list": [{}, {"a": 1}]}, ["list", "1", "a"]),
        (("list", 5), {"list": []}, ["list", "5"]),
        (("gone", "deep"), {}, ["gone", "deep"]),
        (("a", "b"), None, ["a", "b"]),
    ],
)
def test_a_place_names_only_what_was_written(loc: tuple[str | int, ...], written: Any, place: list[str]) -> None:
    assert path_of(loc, written) == place

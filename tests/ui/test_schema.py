"""A model becomes a form: every kind of field, nested as wild as one likes, and back again unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from functions.core.campaign import Zone
from functions.core.discovery import discover
from functions.core.form import label
from functions.core.money import Minor
from functions.core.text import Text
from ui.components.forms.applying import idle
from ui.components.forms.filling import filled, turned
from ui.components.forms.schema import Spec, spec_of
from ui.components.forms.values import Misfit, Terms, as_words, get, put, shown, stored, typed


class Leaf(BaseModel):
    """A small nested model."""

    name: str = Field(default="x", max_length=20)
    amount: Minor = 0


class Circle(BaseModel):
    """One of a union."""

    model_config = ConfigDict(json_schema_extra=label("圆", "Circle"))
    shape: Literal["circle"] = "circle"
    radius: int = 1


class Square(BaseModel):
    """The other."""

    shape: Literal["square"] = "square"
    side: int = 2
    radius: int = 3


class Wild(BaseModel):
    """Everything a mechanic could ask for."""

    on: bool = True
    count: int = Field(json_schema_extra=label("次数", "Count", unit="times", zh_help="几次", en_help="How often"))
    share: float = 0.5
    price: Minor | None = None
    word: str = ""
    essay: str = Field(default="", max_length=2000)
    said: Text = Text()
    day: date = date(2026, 12, 1)
    wall: time = time(9, 30)
    at: AwareDatetime | None = None
    zone: Zone = "Asia/Shanghai"
    colour: str = Field(default="#0B6E5F", json_schema_extra={"widget": "colour"})
    view: str = Field(default="", json_schema_extra={"widget": "picture"})
    pace: Literal["slow", "fast"] = "slow"
    maybe: Literal["a", "b"] | None = None
    days: list[Literal["mon", "tue", "wed"]] = []
    steps: list[Annotated[int, Field(ge=1)]] = [3, 7]
    leaf: Leaf = Leaf()
    perhaps: Leaf | None = None
    leaves: list[Leaf] = [Leaf(name="y")]
    shape: Annotated[Circle | Square, Field(discriminator="shape")] = Circle()
    shapes: list[Circle | Square] = []
    perhaps_shapes: list[Circle | Square] | None = None
    table: dict[str, int] = {"a": 1}
    either: int | str = 5


KINDS = {
    "on": "yes_no", "count": "whole", "share": "number", "price": "money", "word": "line", "essay": "long",
    "said": "words", "day": "date", "wall": "time", "at": "instant", "zone": "zone",
    "colour": "colour", "view": "picture", "pace": "choice", "maybe": "choice", "days": "choices", "steps": "list",
    "leaf": "group", "perhaps": "group", "leaves": "list", "shape": "variant", "shapes": "list",
    "perhaps_shapes": "list", "table": "raw", "either": "raw",
}  # fmt: skip
TERMS = Terms("Asia/Shanghai", "CNY")


def test_every_kind_of_field_is_known() -> None:
    spec = spec_of(Wild)

    assert {name: inner.kind for name, inner in spec.fields.items()} == KINDS
    assert [name for name, inner in spec.fields.items() if inner.optional] == [
        "price", "at", "maybe", "perhaps", "perhaps_shapes",
    ]  # fmt: skip


def test_words_units_and_help_come_from_the_field() -> None:
    count = spec_of(Wild).fields["count"]

    assert (count.label.zh, count.label.en, count.unit) == ("次数", "Count", "times")
    assert (count.help.zh, count.help.en) == ("几次", "How often")
    assert spec_of(Wild).fields["leaf"].fields["amount"].kind == "money"
    assert spec_of(Wild).fields["shape"].choices["circle"].zh == "圆"


def test_what_is_left_out_is_filled_with_the_models_own_defaults() -> None:
    content = filled(spec_of(Wild), {"count": 4, "leaves": [{}], "shape": {"shape": "square"}})

    assert Wild.model_validate(content) == Wild(count=4, leaves=[Leaf()], shape=Square())
    assert filled(spec_of(Wild), content) == content


def test_another_member_of_a_union_keeps_the_fields_both_have() -> None:
    shape = spec_of(Wild).fields["shape"]

    assert turned(shape, {"shape": "circle", "radius": 9}, "square") == {"shape": "square", "side": 2, "radius": 9}


def test_the_empty_form_of_a_required_field_stays_empty_so_that_pydantic_can_say_so() -> None:
    content = filled(spec_of(Wild), {})

    assert content["count"] is None


@pytest.mark.parametrize("kind", sorted(discover().mechanics) + sorted(discover().rewards))
def test_every_mechanic_and_reward_there_is_has_a_form_whose_fields_are_all_named(kind: str) -> None:
    found = discover()
    module: Any = found.mechanic(kind) if kind in found.mechanics else found.reward(kind)

    for name, spec in leaves(spec_of(module.Config)):
        assert spec.kind != "raw", name
        assert spec.label.complete, name


def leaves(spec: Spec, name: str = "") -> list[tuple[str, Spec]]:
    """Every field of a form that is itself an input, with its name."""
    inside = {**spec.fields, **{f"<{tag}>": one for tag, one in spec.variants.items()}}
    found = [leaf for inner, one in inside.items() for leaf in leaves(one, f"{name}.{inner}")]
    if spec.kind == "list" and spec.item is not None and spec.item.kind in ("group", "variant", "list"):
        found += leaves(spec.item, f"{name}[]")
    return found if spec.kind in ("group", "variant") else [*found, (name, spec)]


WILD = st.builds(
    Wild,
    on=st.booleans(),
    count=st.integers(-(2**50), 2**50),
    share=st.floats(allow_nan=False, allow_infinity=False),
    price=st.none() | st.integers(0, 10**12),
    word=st.text(max_size=20),
    essay=st.text(max_size=200),
    said=st.builds(Text, zh=st.text(max_size=20), en=st.text(max_size=20)),
    day=st.dates(),
    wall=st.times(),
    at=st.none()
    | st.datetimes(
        datetime(1992, 1, 1),
        datetime(2090, 1, 1),
        timezones=st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))),
    ),
    pace=st.sampled_from(["slow", "fast"]),
    maybe=st.sampled_from([None, "a", "b"]),
    days=st.lists(st.sampled_from(["mon", "tue", "wed"]), unique=True),
    table=st.dictionaries(st.text(max_size=4), st.integers(-5, 5), max_size=3),
    either=st.integers(-5, 5) | st.text(max_size=4),
)


@given(WILD)
@settings(max_examples=150, deadline=None)
def test_what_a_widget_shows_is_stored_as_it_was(wild: Wild) -> None:
    content = wild.model_dump(mode="json")

    again = {name: round_trip(spec, content[name]) for name, spec in spec_of(Wild).fields.items()}

    assert Wild.model_validate(again) == wild


def round_trip(spec: Spec, plain: Any) -> Any:
    """Through the widget and back; what no widget holds goes through text."""
    if spec.kind in ("group", "list", "variant", "words") or plain is None:
        return plain
    try:
        return stored(spec, shown(spec, plain, TERMS), TERMS)
    except Misfit:
        return typed(as_words(plain))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_a_value_that_fits_no_widget_survives_as_text(plain: Any) -> None:
    assert typed(as_words(plain)) == plain


@pytest.mark.parametrize(
    ("kind", "plain"),
    [("whole", "seven"), ("whole", True), ("date", "someday"), ("choice", "never"), ("yes_no", "no"), ("money", 1.5)],
)
def test_a_stored_value_that_does_not_fit_its_widget_is_told_apart(kind: Any, plain: Any) -> None:
    with pytest.raises(Misfit):
        shown(Spec(kind, choices={"a": Text()}), plain)


@pytest.mark.parametrize(("currency", "minor", "amount"), [("CNY", 1005, 10.05), ("JPY", 1005, 1005), ("CNY", 1, 0.01)])
def test_money_is_shown_in_its_currencys_units_and_kept_in_minor_ones(currency: str, minor: int, amount: float) -> None:
    terms = Terms(currency=currency)

    assert shown(Spec("money"), minor, terms) == amount
    assert stored(Spec("money"), amount, terms) == minor


def test_an_instant_is_told_in_the_campaigns_zone() -> None:
    instant = Spec("instant")

    assert shown(instant, "2026-12-01T00:00:00Z", TERMS) == datetime(2026, 12, 1, 8)
    assert stored(instant, datetime(2026, 12, 1, 8), TERMS) == "2026-12-01T08:00:00+08:00"


def test_put_copies_and_makes_what_is_missing_on_the_way() -> None:
    before = {"a": {"b": [1, 2]}}

    after = put(before, ("a", "b", 1), 9)

    assert after == {"a": {"b": [1, 9]}}
    assert before == {"a": {"b": [1, 2]}}
    assert put({}, ("a", "b", 0), 1) == {"a": {"b": [1]}}
    assert get(after, ("a", "b", 5), "none") == "none"


class Asks(BaseModel):
    """A question that counts only with one choice of another, and one inside it."""

    shape: Annotated[Circle | Square, Field(discriminator="shape")] = Circle()
    side: Leaf = Field(default=Leaf(), json_schema_extra=label("边", "Side", only_with={"shape.shape": ["square"]}))


class Many(BaseModel):
    """A few of those."""

    first: Asks = Asks()
    others: list[Asks] = []


def test_fields_that_count_only_with_another_choice_are_known_at_any_depth() -> None:
    round_one, square = {"shape": {"shape": "circle"}}, {"shape": {"shape": "square"}}
    plain = {"first": round_one, "others": [square, round_one, "no object at all"]}

    found = set(idle(spec_of(Many), plain, ("config",)))

    assert found == {
        ("config", "first", "side"),
        ("config", "others", 1, "side"),
        ("config", "others", 2, "side"),
    }


def test_a_hint_names_a_field_beside_it_and_values_that_it_can_have() -> None:
    catalogue = discover()
    models = [catalogue.mechanic(kind).Config for kind in catalogue.mechanics]
    models += [catalogue.reward(kind).Config for kind in catalogue.rewards]

    assert [hint for model in models for hint in _misfits(spec_of(model))] == []


def _misfits(spec: Spec) -> Iterator[str]:
    """Fields that hints of this form name with a value that they never have."""
    for one in spec.fields.values():
        yield from (
            beside for beside, said in one.only_with.items() if not set(said) < _values(spec, beside.split("."))
        )
        yield from _misfits(one)
    for one in [*spec.variants.values(), *filter(None, [spec.item])]:
        yield from _misfits(one)


def _values(spec: Spec, steps: list[str]) -> set[Any]:
    """What the field at `steps` can hold."""
    at = spec.fields[steps[0]]
    if at.kind == "variant" and steps[1:] == [at.tag]:
        return set(at.variants)
    return _values(at, steps[1:]) if steps[1:] else {True, False} if at.kind == "yes_no" else set(at.choices)

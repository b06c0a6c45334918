"""The generated form in and out: any Config, drawn by the real widgets, gives back what was put in."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from tests.ui.conftest import healthy, keyed
from tests.ui.test_schema import Circle, Leaf, Square, Wild
from ui.components.forms.filling import filled
from ui.components.forms.schema import spec_of

FULL = Wild(
    count=12,
    price=1999,
    word="*a* :red[b] $x$",
    essay="two\nlines",
    at="2026-12-01T09:30:00+08:00",
    maybe="b",
    days=["mon", "wed"],
    steps=[1, 2, 3],
    perhaps=Leaf(name="p", amount=5),
    leaves=[Leaf(name="one"), Leaf(name="two", amount=7)],
    shape=Square(side=9),
    shapes=[Circle(radius=4), Square()],
    perhaps_shapes=[Square(side=5)],
    table={"a": 1, "中": 2},
    either="five",
)


def page() -> None:
    """A page with nothing but the form."""
    import streamlit as st

    from tests.ui.test_schema import Wild
    from ui.components.forms.fields import fields
    from ui.components.forms.form import Form
    from ui.components.forms.schema import spec_of
    from ui.components.forms.values import Terms, put

    def write(path: tuple[str | int, ...], value: object) -> None:
        st.session_state["content"] = put(st.session_state["content"], path, value)

    def replace(path: tuple[str | int, ...], value: object) -> None:
        write(path, value)
        st.session_state["epoch"] += 1

    drawn = Form(
        content=st.session_state["content"],
        faults={},
        language="en",
        terms=Terms("Asia/Shanghai", "CNY"),
        epoch=st.session_state["epoch"],
        write=write,
        replace=replace,
    )
    fields(drawn, spec_of(Wild).fields, ("config",))


def opened(content: dict[str, Any]) -> AppTest:
    app = AppTest.from_function(page, default_timeout=30)
    app.session_state["content"] = {"config": content}
    app.session_state["epoch"] = 0
    return healthy(app.run())


def config(app: AppTest) -> dict[str, Any]:
    content: dict[str, Any] = app.session_state["content"]["config"]
    return content


def test_drawing_a_form_changes_nothing() -> None:
    before = FULL.model_dump(mode="json")

    app = opened(before)

    assert config(healthy(app.run())) == before
    assert filled(spec_of(Wild), before) == before


def test_every_widget_touched_with_its_own_value_gives_the_same_config_back() -> None:
    before = FULL.model_dump(mode="json")
    app = opened(before)
    kinds = ("text_input", "text_area", "number_input", "date_input", "time_input", "datetime_input", "color_picker")

    for key in [widget.key for kind in kinds for widget in getattr(app, kind)]:
        write_back(app, key)

    assert Wild.model_validate(config(app)) == FULL
    assert config(app) == before


def test_every_widget_has_a_name_to_be_read_out_and_no_frame_is_without() -> None:
    app = opened(FULL.model_dump(mode="json"))
    kinds = ("text_input", "text_area", "number_input", "date_input", "time_input", "datetime_input", "color_picker")
    chosen = ("selectbox", "button_group", "toggle", "expander")

    unnamed = [one for kind in (*kinds, *chosen) for one in getattr(app, kind) if not one.label.strip("* ·")]

    assert unnamed == []
    steps = [keyed(app, "number_input", f"_config.steps.{place}") for place in range(3)]
    assert [one.label for one in steps] == ["Steps 1", "Steps 2", "Steps 3"]
    assert {one.proto.label_visibility.value for one in steps} == {2}  # collapsed: the list's name stands above them


def write_back(app: AppTest, key: str) -> None:
    """Another value, and then what stood there before: so each callback has run for both."""
    value = app.session_state[key]
    other = {str: "other", int: 1, float: 1.5}.get(type(value))
    if other is not None and not key.endswith("colour"):
        app.get_by_key(key).set_value(other).run()
        healthy(app.get_by_key(key).set_value(value).run())


def test_from_an_empty_form_to_a_full_config_by_widgets_alone() -> None:
    app = opened(filled(spec_of(Wild), {}))

    keyed(app, "number_input", "_config.count").set_value(12).run()
    keyed(app, "number_input", "_config.price").set_value(19.99).run()
    keyed(app, "toggle", "_config.perhaps~set").set_value(True).run()
    keyed(app, "text_input", "_config.perhaps.name").set_value("p").run()
    keyed(app, "number_input", "_config.perhaps.amount").set_value(0.05).run()
    keyed(app, "button_group", "_config.shape").set_value("square").run()
    keyed(app, "number_input", "_config.shape.side").set_value(9).run()
    keyed(app, "button_group", "_config.days").set_value(["mon", "wed"]).run()
    healthy(app.button(key=next(b.key for b in app.button if b.key.endswith("_config.leaves~add"))).click().run())
    keyed(app, "text_input", "_config.leaves.1.name").set_value("two").run()

    made = Wild.model_validate(config(app))
    assert (made.count, made.price, made.perhaps) == (12, 1999, Leaf(name="p", amount=5))
    assert made.shape == Square(side=9, radius=1)
    assert made.days == ["mon", "wed"]
    assert made.leaves == [Leaf(name="y"), Leaf(name="two")]


def test_an_optional_part_can_be_taken_away_again() -> None:
    app = opened(FULL.model_dump(mode="json"))

    keyed(app, "toggle", "_config.perhaps~set").set_value(False).run()
    healthy(app.button(key=next(b.key for b in app.button if b.key.endswith("_config.price~empty"))).click().run())

    made = Wild.model_validate(config(healthy(app)))
    assert made.perhaps is None
    assert made.price is None


def test_a_union_without_a_known_member_asks_for_one() -> None:
    content = {**FULL.model_dump(mode="json"), "shape": {"shape": "triangle", "side": 3}}
    app = opened(content)

    keyed(app, "button_group", "_config.shape").set_value("square").run()

    assert Wild.model_validate(config(healthy(app))).shape == Square(side=3)

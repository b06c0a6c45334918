"""Where a link leads, by the statements of GS1's resolver standard and its test suite."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from functions.codes.asked import ranked
from functions.codes.link import parse
from functions.codes.resolver import (
    CONTEXT,
    LINKED_DATA,
    LINKSET,
    VOCABULARY,
    Answer,
    Asked,
    Shelf,
    description,
    levels,
    resolve,
)
from functions.openapi.describe import PROBLEM

GTIN = "09520123456788"
ITEM = f"https://shop.example/01/{GTIN}"
EPC = "ehf73{gtin}8566cb0afc4"  # an SGTIN+: filter 3, the GTIN, the serial 32a/b in letters of seven bits
# What the schema of resolver description files names (ref.gs1.org/standards/resolver/description-file-schema).
DESCRIBED = {
    "resolverRoot",
    "supportedPrimaryKeys",
    "name",
    "supportedLinkType",
    "linkTypeDefaultCanBeLinkset",
    "jsonLdContextLocation",
}
SHELVES = {
    f"/01/{GTIN}": Shelf.model_validate(
        {
            "targets": [
                {"link_type": "gs1:pip", "href": "https://a.example/en", "title": "Tea", "languages": ["en"]},
                {"link_type": "gs1:pip", "href": "https://a.example/zh", "title": "茶", "languages": ["zh-CN"]},
                {"link_type": "gs1:recipeInfo", "href": "https://a.example/cook?x=1", "title": "Recipes"},
                {"link_type": "gs1:support", "href": "https://a.example/call", "title": "Call"},
                {"link_type": "gs1:support", "href": "https://a.example/write", "title": "Write"},
                {"link_type": "gs1:epcis", "href": "https://a.example/j", "title": "Data", "media": "application/json"},
                {"link_type": "gs1:epcis", "href": "https://a.example/h", "title": "Table", "media": "text/html"},
            ]
        }
    ),
    f"/01/{GTIN}/10/L%2F7": Shelf.model_validate(
        {"targets": [{"link_type": "gs1:certificationInfo", "href": "https://a.example/lot", "title": "Lot"}]}
    ),
}


def ask(uri: str, **headers: str) -> Answer:
    answer = resolve(uri, SHELVES, Asked(**headers))
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    is_linkset = answer.headers.get("Content-Type") in (LINKSET, LINKED_DATA)
    assert answer.status != 200 or is_linkset  # no error looks like success
    return answer


def place(uri: str, **headers: str) -> str:
    """Where a link leads, without the query, which always goes along as it was asked."""
    answer, query = ask(uri, **headers), uri.partition("?")[2]
    assert answer.status == 307
    location = answer.headers["Location"]
    assert location.endswith(query)
    return location[: -len(query) - 1] if query else location


def linkset(uri: str, **headers: str) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = json.loads(ask(uri, **headers).body)["linkset"]
    return said


@pytest.mark.parametrize(
    "uri", [ITEM, ITEM + "/", ITEM + "?linkType=gs1:defaultLink", ITEM + "/21/S1", ITEM + "/10/L8"]
)
def test_a_plain_request_is_sent_to_the_default_from_any_level_above(uri: str) -> None:
    assert place(uri) == "https://a.example/en"


def test_the_most_specific_level_that_has_links_answers() -> None:
    assert place(f"{ITEM}/10/L%2F7/21/S1") == "https://a.example/lot"
    assert place(f"{ITEM}/10/L%2f7") == "https://a.example/lot"


@pytest.mark.parametrize(
    ("languages", "to"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.5", "zh"),
        ("zh", "zh"),
        ("en-GB", "en"),
        ("fr, zh;q=0.1", "zh"),
        ("fr", "en"),
        ("", "en"),
    ],
)
def test_the_language_chooses_between_links_of_the_defaults_type(languages: str, to: str) -> None:
    assert place(ITEM, languages=languages) == f"https://a.example/{to}"


@pytest.mark.parametrize("told", ["gs1:recipeInfo", VOCABULARY + "recipeInfo", "https://gs1.org/voc/recipeInfo"])
def test_a_type_that_is_asked_for_is_found_however_it_is_written_and_wherever_above(told: str) -> None:
    assert place(f"{ITEM}?linkType={told}") == "https://a.example/cook?x=1"
    assert place(f"{ITEM}/10/L%2F7?linkType={told}") == "https://a.example/cook?x=1"


@pytest.mark.parametrize(("accept", "to"), [("application/json", "j"), ("text/html,*/*;q=0.1", "h")])
def test_the_media_type_chooses_too(accept: str, to: str) -> None:
    assert place(f"{ITEM}?linkType=gs1:epcis", accept=accept) == f"https://a.example/{to}"


def test_what_fits_alike_is_offered_not_chosen() -> None:
    answer = ask(f"{ITEM}?linkType=gs1:support")

    assert answer.status == 300
    ((only),) = json.loads(answer.body)["linkset"]
    assert [one["title"] for one in only[VOCABULARY + "support"]] == ["Call", "Write"]
    assert only.keys() == {"anchor", VOCABULARY + "support"}


@pytest.mark.parametrize(
    ("uri", "status", "code"),
    [
        (f"{ITEM}?linkType=gs1:instructions", 404, "no_such_link"),
        ("https://shop.example/01/02112345678900", 404, "unknown_item"),
        (f"{ITEM}/foo", 400, "unknown_identifier"),
        ("https://shop.example/01/09520123456789", 400, "check_digit"),
        ("https://shop.example/nothing", 400, "no_key"),
        (f"{ITEM}/10/A/10/B", 400, "duplicate"),
    ],
)
def test_what_is_not_there_is_404_and_what_is_wrong_is_400(uri: str, status: int, code: str) -> None:
    answer = ask(uri)

    said = json.loads(answer.body)
    assert (answer.status, said["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    Draft202012Validator(PROBLEM).validate(said)
    assert "{" not in said["title"] + said["detail"]


@pytest.mark.parametrize("query", ["utm=pack&batch=7", "17=261231&x=a%26b%3B;y", "alone", "linkType=gs1:pip&context=x"])
def test_the_query_is_passed_on_whole_and_as_it_was_written(query: str) -> None:
    assert ask(f"{ITEM}?{query}").headers["Location"] == f"https://a.example/en?{query}"
    assert ask(f"{ITEM}?linkType=gs1:recipeInfo&x=%2F").headers["Location"] == (
        "https://a.example/cook?x=1&linkType=gs1:recipeInfo&x=%2F"
    )


@pytest.mark.parametrize(
    ("query", "accept"),
    [("?linkType=linkset", ""), ("?linkType=all", ""), ("", LINKSET), ("?linkType=gs1:pip", f"text/html, {LINKSET}")],
)
def test_a_linkset_is_told_at_every_level_with_one_default_each(query: str, accept: str) -> None:
    answer = ask(f"{ITEM}/10/L%2F7/21/S1{query}", accept=accept)
    lot, product = linkset(f"{ITEM}/10/L%2F7/21/S1{query}", accept=accept)

    assert (answer.status, answer.headers["Content-Type"]) == (200, LINKSET)
    assert f'<{CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"' in answer.headers["Link"]
    assert (lot["anchor"], product["anchor"]) == (f"{ITEM}/10/L%2F7", ITEM)
    for said in (lot, product):
        (default,) = said[VOCABULARY + "defaultLink"]
        assert default.keys() == {"href", "title"}
        for name, targets in said.items():
            assert name == "anchor" or name.startswith("https://")
            assert name == "anchor" or all(one["href"] and one["title"] for one in targets)
    assert [one.get("hreflang") for one in product[VOCABULARY + "pip"]] == [["en"], ["zh-CN"]]
    assert product[VOCABULARY + "defaultLinkMulti"] == product[VOCABULARY + "pip"]
    assert VOCABULARY + "defaultLinkMulti" not in lot
    for_json_ld = ask(f"{ITEM}?linkType=linkset", accept="application/ld+json")
    assert (for_json_ld.headers["Content-Type"], json.loads(for_json_ld.body)["@context"]) == (LINKED_DATA, CONTEXT)


def test_a_redirection_names_its_linkset() -> None:
    link = ask(f"{ITEM}/21/S1").headers["Link"]

    assert link == f'<{ITEM}?linkType=linkset>; rel="linkset"; type="{LINKSET}"'


def test_levels_go_up_from_the_serial_to_the_key() -> None:
    path = parse(f"{ITEM}/22/V/10/L%2F7/21/S").path

    assert levels(path) == [
        f"/01/{GTIN}/22/V/10/L%2F7/21/S",
        f"/01/{GTIN}/22/V/10/L%2F7",
        f"/01/{GTIN}/22/V",
        f"/01/{GTIN}",
    ]


def test_the_resolver_describes_itself() -> None:
    said = description("https://shop.example", "Pond")

    assert (said["resolverRoot"], said["supportedPrimaryKeys"]) == ("https://shop.example", ["01"])
    assert said["jsonLdContextLocation"] == CONTEXT
    assert all(re.fullmatch(r"[a-zA-Z_][A-Za-z0-9_-]*:", one["prefix"]) for one in said["supportedLinkType"])
    assert said.keys() <= DESCRIBED


def test_a_linkset_keeps_to_gs1s_schema() -> None:
    for anchored in linkset(f"{ITEM}/10/L%2F7?linkType=linkset"):
        assert re.match(r"https?://[a-zA-Z0-9./]+", anchored.pop("anchor"))
        for kind, targets in anchored.items():
            assert re.fullmatch(r"https?://[a-zA-Z0-9./]+", kind)
            for one in targets:
                assert {"href", "title"} <= one.keys() <= {"href", "title", "hreflang", "type"}
                assert all(re.fullmatch(r"\w{2}(-\w{2})?", tag) for tag in one.get("hreflang", []))
                assert re.fullmatch(r"\w+/[-+.\w]+", one.get("type", "text/html"))


def test_a_compressed_link_is_answered_as_its_item_and_written_out_beside() -> None:
    tag = "https://shop.example/" + EPC.format(gtin=GTIN)

    answer = ask(tag + "?utm=nfc")

    assert (answer.status, answer.headers["Location"]) == (307, "https://a.example/en?utm=nfc")
    assert f'<{ITEM}/21/32a%2Fb>; rel="owl:sameAs"' in answer.headers["Link"]
    assert linkset(tag, accept=LINKSET)[0]["anchor"] == ITEM


@pytest.mark.parametrize(
    "wrong",
    [
        {"targets": []},
        {"targets": [{"link_type": "pip", "href": "https://a.example", "title": "x"}]},
        {"targets": [{"link_type": "gs1:pip", "href": "javascript:alert(1)", "title": "x"}]},
        {"targets": [{"link_type": "gs1:pip", "href": "https://a.example", "title": ""}]},
        {"targets": [{"link_type": "gs1:pip", "href": "https://a.example", "title": "x"}], "default": 1},
    ],
)
def test_a_shelf_that_cannot_answer_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Shelf.model_validate(wrong)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("", []),
        ("zh-CN,zh;q=0.9,en;q=0.5", ["zh-cn", "zh", "zh", "en"]),
        ("en;q=0, fr", ["fr"]),
        ("a/b-c;q=0.5, text/html", ["text/html", "a/b-c"]),
        ("en;q=²,,;q=", ["en"]),
    ],
)
def test_wishes_are_ranked_by_their_weight(header: str, found: list[str]) -> None:
    assert ranked(header) == found

"""What `pond codes` prints of each link."""

import json

from functions.codes.elements import BadLink
from functions.codes.item import item_in, proven
from functions.codes.link import parse
from functions.codes.reasons import ITEMS, REASONS
from functions.codes.serial import BadSerial
from functions.core.text import Language
from functions.core.tokens import Keyring

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def line(uri: str, language: Language) -> tuple[bool, str]:
    """Whether it is a GS1 Digital Link, and a JSON object: its elements and canonical form, or the reason why not."""
    try:
        link = parse(uri)
    except BadLink as bad:
        return False, _refused(bad, language)
    return True, _ENCODER.encode({"ok": True, "elements": link.elements, "canonical": link.canonical})


def proof(uri: str, ring: Keyring, language: Language) -> tuple[bool, str]:
    """Whether its serial was made with one of these keys, and a JSON object: label, key and index, or the reason."""
    try:
        item = item_in(uri)
    except BadLink as bad:
        return False, _refused(bad, language)
    if item is None:
        return False, _not("no_item", language)
    try:
        found = proven(ring, item)
    except BadSerial:
        return False, _not("not_ours", language)
    return True, _ENCODER.encode({"ok": True, "label": item.label, "index": found.index, "key": found.key})


def _refused(bad: BadLink, language: Language) -> str:
    message = REASONS[bad.code].fill(language, {"at": bad.at})
    return _ENCODER.encode({"ok": False, "reason": bad.code, "at": bad.at, "message": message})


def _not(reason: str, language: Language) -> str:
    return _ENCODER.encode({"ok": False, "reason": reason, "message": ITEMS[reason].in_(language)})

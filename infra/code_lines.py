"""What `pond codes parse` prints of each link."""

import json

from functions.codes.link import BadLink, parse
from functions.codes.reasons import REASONS
from functions.core.text import Language

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def line(uri: str, language: Language) -> tuple[bool, str]:
    """Whether it is a GS1 Digital Link, and a JSON object: its elements and canonical form, or the reason why not."""
    try:
        link = parse(uri)
    except BadLink as bad:
        message = REASONS[bad.code].fill(language, {"at": bad.at})
        return False, _ENCODER.encode({"ok": False, "reason": bad.code, "at": bad.at, "message": message})
    return True, _ENCODER.encode({"ok": True, "elements": link.elements, "canonical": link.canonical})

"""Reads a page as a strict browser would, and says what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "img", "br"}
VISIBLE_SKIP = {"script", "style"}


@dataclass
class Element:
    """One element: its name, attributes and what is said inside."""

    name: str
    attributes: dict[str, str]
    said: str = ""
    within: tuple[str, ...] = ()


@dataclass
class PageReader(HTMLParser):
    """The elements of a page, and faults: tags that do not match, attributes given twice, scripts in attributes."""

    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    stack: list[Element] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"an attribute twice in <{tag}>")
        self.faults += [f"{name} in <{tag}>" for name in names if name.startswith("on") or name == "style"]
        element = Element(
            tag, {name: value or "" for name, value in attrs}, within=tuple(one.name for one in self.stack)
        )
        self.elements.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack[-1].name != tag:
            inside = self.stack[-1].name if self.stack else "nothing"
            self.faults.append(f"</{tag}> closes <{inside}> at {self.getpos()}")
        else:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        for element in self.stack:
            element.said += data
        if not any(element.name in VISIBLE_SKIP for element in self.stack):
            self.text.append(data)

    def all(self, name: str) -> list[Element]:
        """Every element of that name."""
        return [element for element in self.elements if element.name == name]


@cache
def read(html: str) -> PageReader:
    """A page, read to its end; once, however many look at it."""
    reader = PageReader()
    reader.feed(html)
    reader.close()
    reader.faults += [f"<{element.name}> is never closed" for element in reader.stack]
    return reader

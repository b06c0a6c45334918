"""Definition files: a campaign as YAML or JSON, read without surprises and written so that they can be read again.

YAML is the core schema of YAML 1.2: `no` is a word, `10:30` is text, dates stay text. Anchors, aliases and tags are
refused: a few bytes of aliases could stand for gigabytes.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from functions.core.text import Text

BYTES_MAX = 256 * 1024  # a version lives in one row of DynamoDB, which holds 400 KB
DEPTH_MAX = 32


class Unreadable(Exception):
    """A file that holds no definition: a stable code, a sentence, and where, counted from 1."""

    def __init__(self, code: str, message: Text, line: int = 0, column: int = 0) -> None:
        super().__init__(code)
        self.code, self.line, self.column = code, line, column
        at = Text(zh=f"第 {line} 行第 {column} 列：", en=f"line {line}, column {column}: ") if line else Text()
        self.message = Text(zh=at.zh + message.zh, en=at.en + message.en)


def read(path: Path) -> dict[str, Any]:
    """The content of a definition file. Raises Unreadable."""
    return content_of(_bytes_of(path), path.name)


def content_of(raw: bytes, name: str) -> dict[str, Any]:
    """The content of a definition file of this name, as its bytes: JSON by its ending, else YAML. Raises Unreadable."""
    if len(raw) > BYTES_MAX:
        size = BYTES_MAX // 1024
        raise Unreadable("file_too_large", Text(zh=f"文件超过 {size} KB", en=f"The file is larger than {size} KB"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise Unreadable(
            "not_utf8", Text(zh="文件不是 UTF-8 编码", en="The file is not UTF-8"), line, column
        ) from error
    return parse(text, _from_json if name.lower().endswith(".json") else _from_yaml)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:  # it may have no end, as /dev/zero
            return file.read(BYTES_MAX + 1)
    except FileNotFoundError as error:
        raise Unreadable("file_missing", Text(zh=f"没有这个文件：{path}", en=f"There is no file {path}")) from error
    except OSError as error:
        said = Text(zh=f"读不了 {path}，请检查权限，并确认它是文件", en=f"{path} cannot be read: {error.strerror}")
        raise Unreadable("file_unreadable", said) from error


def parse(text: str, reader: Callable[[str], Any] | None = None) -> dict[str, Any]:
    """The content of a definition's text, YAML unless said otherwise. Raises Unreadable."""
    try:
        content = (reader or _from_yaml)(text)
    except RecursionError as error:
        raise _too_deep() from error
    if not isinstance(content, dict):
        words = Text(
            zh="文件里应是一个活动定义，以“名称: 值”组成", en="The file should hold one definition: names and values"
        )
        raise Unreadable("not_a_definition", words)
    _measure(content, 0)
    return content


def lines_of(path: Path) -> dict[str, int]:
    """`lines_in` a file that `read` has read."""
    try:
        return lines_in(path.read_text(encoding="utf-8-sig"))
    except OSError:
        return {}


def lines_in(text: str) -> dict[str, int]:
    """Where each place (`config.days`, `rules.0.then`) begins in a definition's text: lines, from 1."""
    found: dict[str, int] = {}
    try:
        root = yaml.compose(text, _Loader)  # JSON is YAML too, but for odd spacing
    except (yaml.YAMLError, Unreadable, RecursionError):
        return found
    _note_lines(root, "", found)
    return found


def written(content: Any) -> str:
    """`content` as YAML that `parse` reads back as it was."""
    return str(yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110))


def written_json(content: Any) -> str:
    """`content` as JSON that `parse` reads back as it was."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """The core schema only; says no to what can hide or multiply content."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused(
                "yaml_alias", Text(zh="不支持锚点和引用（& 和 *）", en="Anchors and aliases are not supported"), event
            )
        if getattr(event, "tag", None) not in (None, "!"):
            raise _refused("yaml_tag", Text(zh="不支持标签（!!）", en="Tags (!!) are not supported"), event)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[str, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise _refused("key_twice", Text(zh=f"“{name}”写了两次", en=f"'{name}' is there twice"), key)
            seen.add(name)
        return {str(name): value for name, value in super().construct_mapping(node, deep=deep).items()}


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    """Writes texts of several lines as blocks, and quotes what YAML 1.1 or 1.2 would read as something else."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


_ODD_BREAK = re.compile("[\r\x85\u2028\u2029]")  # YAML reads them as line ends, and folds them


def _text_node(dumper: _Dumper, text: str) -> Any:
    style = '"' if _ODD_BREAK.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text_node)
for tag, pattern, firsts in (
    ("null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]{1,18}", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+", list("-+.0123456789")),
):
    for side in (_Loader, _Dumper):
        side.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), firsts)
_Loader.add_constructor("tag:yaml.org,2002:int", lambda _loader, node: int(node.value))
_Loader.add_constructor("tag:yaml.org,2002:float", lambda _loader, node: float(node.value))


def _from_yaml(text: str) -> Any:
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader, and stricter
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        words = error.problem or error.context or "unexpected content"
        said = Text(zh="YAML 写法有误，请检查这里的缩进、冒号和引号", en=f"This is not YAML: {words}")
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise Unreadable("syntax_error", said, line, column) from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        said = Text(zh="这里有不能用的字符", en="A character here is not allowed")
        raise Unreadable("syntax_error", said, before.count("\n") + 1, error.position - before.rfind("\n")) from error


def _from_json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        said = Text(zh="JSON 写法有误，请检查这里的逗号、引号和括号", en=f"This is not JSON: {error.msg}")
        raise Unreadable("syntax_error", said, error.lineno, error.colno) from error
    except ValueError as error:  # a number of more digits than Python reads
        raise Unreadable("syntax_error", Text(zh="有一个数字太长", en="A number is too long")) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise Unreadable("key_twice", Text(zh=f"“{name}”写了两次", en=f"'{name}' is there twice"))
    return dict(pairs)


def _no_number(name: str) -> Any:
    raise Unreadable("syntax_error", Text(zh=f"{name} 不是数字", en=f"{name} is not a number"))


def _note_lines(node: Any, above: str, found: dict[str, int]) -> None:
    entries = enumerate(node.value) if isinstance(node, yaml.SequenceNode) else ()
    inside = [(str(n), entry, entry) for n, entry in entries]
    if isinstance(node, yaml.MappingNode):
        inside = [(str(key.value), key, value) for key, value in node.value]
    for name, start, value in inside:
        place = f"{above}.{name}" if above else name
        found[place] = start.start_mark.line + 1
        _note_lines(value, place, found)


def _refused(code: str, message: Text, at: Any) -> Unreadable:
    return Unreadable(code, message, at.start_mark.line + 1, at.start_mark.column + 1)


def _measure(content: Any, depth: int) -> None:
    if depth > DEPTH_MAX:
        raise _too_deep()
    for value in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        _measure(value, depth + 1)


def _too_deep() -> Unreadable:
    return Unreadable(
        "too_deep", Text(zh=f"嵌套超过 {DEPTH_MAX} 层", en=f"It is nested deeper than {DEPTH_MAX} levels")
    )

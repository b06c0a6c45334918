"""GS1 Application Identifiers: which value each takes, beside which others it may stand, and its place in a link.

The facts are those of the GS1 General Specifications as GS1's Barcode Syntax Dictionary of January 2026 tells them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

# identifiers | value: type, length and checks of each part, [optional] | needs one of (a+b: both) | not beside | place
# N digits, X character set 82, Y set 39, Z set 64. Places: key (with its qualifiers in their order), attribute, path.
# An n at the end of an identifier stands for any digit.
FACTS = """
00          | N18,sum,prefix2                 |                      |                     | key
01          | N14,sum,prefix2                 |                      | 255 37              | key 22,10,21 235
02          | N14,sum,prefix2                 | 37                   | 01 03               | attribute
03          | N14,sum,prefix2                 |                      | 01 02 37 235        | none
10          | X..20                           | 01 02 03 8006 8026   |                     | attribute
11 13 15 16 | N6,yymmd0                       | 01 02 03 8006 8026   |                     | attribute
12          | N6,yymmd0                       | 8020                 |                     | attribute
17          | N6,yymmd0                       | 01 02 03 255 8006 8026 |                   | attribute
20          | N2                              | 01 02 03 8006 8026   |                     | attribute
21          | X..20                           | 01 03 8006           | 235                 | path
22          | X..20                           | 01                   |                     | path
235         | X..28                           | 01                   |                     | path
240 241     | X..30                           | 01 02 03 8006 8026   |                     | attribute
242         | N..6                            | 01 02 8006 8026      |                     | attribute
243         | X..20                           | 01 03                |                     | attribute
250         | X..30                           | 01+21 03+21 8006+21  |                     | attribute
251         | X..30                           | 01 03 8006           |                     | attribute
253         | N13,sum,prefix1 [X..17]         |                      |                     | key
254         | X..20                           | 414                  |                     | path
255         | N13,sum,prefix1 [N..12]         |                      | 01 02 415 8006 8020 8026 | key
30          | N..8                            | 01 02                |                     | attribute
310-316 320-329 350-352 356-357 360-361 364-366 | N6 | 01 02         | ~                   | measure
330-336 340-349 353-355 362-363 367-369         | N6 | 00 01         | ~                   | measure
337         | N6                              | 01                   | ~                   | measure
37          | N..8                            | 00+02 00+8026        |                     | attribute
390         | N..15                           | 255 8020             | ~ 391n 394n 8111    | decimals
391         | N3,currency N..15               | 8020                 | ~                   | decimals
392         | N..15                           | 01+30 01+31nn 01+32nn 01+35nn 01+36nn | ~ 393n | decimals
393         | N3,currency N..15               | 30 31nn 32nn 35nn 36nn | ~                 | decimals
394         | N4                              | 255                  | ~ 8111              | fourths
395         | N6                              | 30 31nn 32nn 35nn 36nn | ~ 392n 393n 8005  | measure
400         | X..30                           |                      |                     | attribute
401         | X..30,prefix1                   |                      |                     | key
402         | N17,sum,prefix1                 |                      |                     | key
403         | X..30                           | 00                   |                     | attribute
410 411 412 413 416 | N13,sum,prefix1         |                      |                     | attribute
414         | N13,sum,prefix1                 |                      |                     | key 254 7040
415         | N13,sum,prefix1                 | 8020                 |                     | key 8020
417         | N13,sum,prefix1                 |                      |                     | key 7040
420         | X..20                           |                      | 421                 | attribute
421         | N3,country X..9                 |                      | 4307                | attribute
422         | N3,country                      | 01 02 03 8006 8026   | 426                 | attribute
423 425     | N3,country [N3,country] [N3,country] [N3,country] [N3,country] | 01 02 03 | 426 | attribute
424         | N3,country                      | 01 02 03             | 426                 | attribute
426         | N3,country                      | 01 02 03             |                     | attribute
427         | X..3                            | 01+422 02+422 03+422 |                     | attribute
4300 4301 4310 4311 4320 | X..35,percent      | 00                   |                     | attribute
4302 4304 4305 4306 4312 4314 4315 4316 | X..70,percent | 00         |                     | attribute
4303        | X..70,percent                   | 4302                 |                     | attribute
4313        | X..70,percent                   | 4312                 |                     | attribute
4307 4317   | X2,country_letters              | 00                   |                     | attribute
4308 4319   | X..30                           | 00                   |                     | attribute
4309        | N10,latitude N10,longitude      | 00                   |                     | attribute
4318        | X..20                           | 00                   |                     | attribute
4321 4322 4323 | N1,yes_no                    | 00                   |                     | attribute
4324 4325   | N6,yymmd0 N4,hhmi               | 00                   |                     | attribute
4326        | N6,yymmdd                       | 00                   |                     | attribute
4330        | N6 [X1,hyphen]                  | 00                   | 4331                | attribute
4331        | N6 [X1,hyphen]                  | 00                   | 4330                | attribute
4332        | N6 [X1,hyphen]                  | 00                   | 4333                | attribute
4333        | N6 [X1,hyphen]                  | 00                   | 4332                | attribute
7001        | N13                             | 01 02 8006 8026      |                     | attribute
7002        | X..30                           | 01 02                |                     | attribute
7003        | N6,yymmdd N4,hhmi               | 01 02 03             |                     | attribute
7004        | N..4                            | 01+10 03+10          |                     | attribute
7005        | X..12                           | 01 02                |                     | attribute
7006        | N6,yymmdd                       | 01 02                |                     | attribute
7007        | N6,yymmdd [N6,yymmdd]           | 01 02                |                     | attribute
7008        | X..3                            | 01 02                |                     | attribute
7009        | X..10                           | 01 02                |                     | attribute
7010        | X..2                            | 01 02 03             |                     | attribute
7011        | N6,yymmdd [N4,hhmi]             | 01 02 03             |                     | attribute
7020        | X..20                           | 01+416 03+416 8006+416 |                   | attribute
7021        | X..20                           | 01 03 8006           |                     | attribute
7022        | X..20                           | 01+7021 03+7021 8006+7021 |                | attribute
7023        | X..30,prefix1                   |                      |                     | attribute
7030-7039   | N3,country_or_999 X..27         | 01 02                |                     | attribute
7040        | N1 X1 X1 X1,importer            |                      |                     | path
7041        | X..4                            | 00                   |                     | none
710-717     | X..20                           | 01                   |                     | attribute
7230-7239   | X2 X..28                        | 01 8004              |                     | attribute
7240        | X..20                           | 01 8006              | 03                  | attribute
7241        | N2,medium                       | 8017 8018            |                     | attribute
7242        | X..25                           | 8017 8018            |                     | attribute
7250        | N8,yyyymmdd                     | 8018                 | 7251                | attribute
7251        | N8,yyyymmdd N4,hhmi             | 8018                 | 7250                | attribute
7252        | N1,sex                          | 8018                 |                     | attribute
7253 7254   | X..40,percent                   | 8017 8018            | 7256 7259           | attribute
7255        | X..10                           | 8017 8018            | 7256 7259           | attribute
7256        | X..90,percent                   | 8017 8018            |                     | attribute
7257        | X..70,percent                   | 8018                 |                     | attribute
7258        | X3,birth                        | 8018+7259            |                     | attribute
7259        | X..40,percent                   | 8018                 | 7256                | attribute
8001        | N4,nonzero N5,nonzero N3,nonzero N1,winding N1 | 01    |                     | attribute
8002        | X..20                           |                      |                     | attribute
8003        | N1,zero N13,sum,prefix1 [X..16] |                      |                     | key
8004        | X..30,prefix1                   |                      |                     | key 7040
8005        | N6                              | 01 02                |                     | attribute
8006        | N14,sum,prefix2 N4,pieces       |                      | 01 03 37            | key 22,10,21
8007        | X..34,iban                      | 415                  |                     | attribute
8008        | N6,yymmdd N2,hh [N2,mi] [N2,mi] | 01 02 03             |                     | attribute
8009        | X..50                           | 00 01 03             |                     | attribute
8010        | Y..30,prefix1                   |                      |                     | key 8011
8011        | N..12,no_zero_first             | 8010                 |                     | path
8012        | X..20                           | 01 03 8006           |                     | attribute
8013        | X..25,pair,prefix1              |                      |                     | key
8014        | X..25,pair,prefix1              | 01                   |                     | none
8017        | N18,sum,prefix1                 |                      | 8018                | key 8019
8018        | N18,sum,prefix1                 |                      | 8017                | key 8019
8019        | N..10                           | 8017 8018            |                     | path
8020        | X..25                           | 415                  |                     | path
8026        | N14,sum,prefix2 N4,pieces       | 37                   | 02 03 8006          | attribute
8030        | Z..90 | 00 01+21 03+21 253 255 8003 8004 8006+21 8010+8011 8017 8018 |      | attribute
8040        | N15                             | 01+21                |                     | none
8041        | N15                             | 01+21+8040           |                     | none
8042        | N32                             | 01+21+8040           |                     | none
8043        | N18 [N..2]                      | 01+21+8040           |                     | none
8110 8112   | X..70                           |                      |                     | attribute
8111        | N4                              | 255                  |                     | attribute
8200        | X..70                           | 01                   |                     | none
90          | X..30                           |                      |                     | attribute
91-99       | X..90                           |                      |                     | attribute
"""
DECIMAL_PLACES = {"measure": 6, "decimals": 10, "fourths": 4}  # how many last digits such identifiers have


@dataclass(frozen=True)
class Part:
    """One part of a value: its character set, its length, and the names of further checks (values.py)."""

    set: str
    shortest: int
    longest: int
    checks: tuple[str, ...]
    optional: bool


@dataclass(frozen=True)
class Identifier:
    """What is known of one identifier; `qualifiers` are the alternative sequences of a key's qualifiers."""

    name: str
    parts: tuple[Part, ...]
    needs: tuple[tuple[str, ...], ...]
    excludes: tuple[str, ...]
    is_key: bool
    is_attribute: bool
    qualifiers: tuple[tuple[str, ...], ...]

    @property
    def longest(self) -> int:
        """The most characters that a value has."""
        return sum(part.longest for part in self.parts)


@cache
def identifiers() -> Mapping[str, Identifier]:
    """Every identifier by its digits."""
    lines = (line for line in FACTS.splitlines() if line)
    return {one.name: one for line in lines for one in _read(*(cell.strip() for cell in line.split("|")))}


def _read(names: str, value: str, needs: str, excludes: str, place: str) -> Iterator[Identifier]:
    kind, *qualifiers = place.split()
    for stem in _each(names):
        for name in [f"{stem}{n}" for n in range(DECIMAL_PLACES[kind])] if kind in DECIMAL_PLACES else [stem]:
            yield Identifier(
                name=name,
                parts=tuple(map(_part, value.split())),
                needs=tuple(tuple(one.split("+")) for one in needs.split()),
                excludes=tuple(f"{stem}n" if one == "~" else one for one in excludes.split()),
                is_key=kind == "key",
                is_attribute=kind in ("key", "attribute", *DECIMAL_PLACES),
                qualifiers=tuple(tuple(one.split(",")) for one in qualifiers),
            )


def _each(names: str) -> Iterator[str]:
    for name in names.split():
        first, _, last = name.partition("-")
        yield from (str(n).zfill(len(first)) for n in range(int(first), int(last or first) + 1))


def _part(text: str) -> Part:
    optional = text.startswith("[")
    head, *checks = text.strip("[]").split(",")
    length = head[1:].removeprefix("..")
    shortest = 1 if head[1:].startswith("..") else int(length)
    return Part(head[0], shortest, int(length), tuple(checks), optional)

"""EPC binary strings: how an RFID or NFC tag tells a trade item, read into the elements of a link. Pure.

After `eh` stands one in hexadecimal, after `ex` one in the base 64 of RFC 4648, section 5 (*GS1 Digital Link URI:
Compression Technical Standard for EPC binary strings* 1.0.0, section 4.2). Their bits are those of the EPC Tag Data
Standard 2.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from functions.codes.check_digit import check_digit
from functions.codes.elements import BadLink, Element
from functions.codes.identifiers import identifiers

HEX, HEX_SMALL = "0123456789ABCDEF", "0123456789abcdef"
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
CODE_40 = "\0ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:0123456789"  # Table 14-8
ASCII = "".join(map(chr, range(128)))
SGTIN_96, SGTIN_198 = 0x30, 0x36
PLUS = {0xF7: (False, False), 0xFB: (True, False), 0xFD: (False, True), 0xFC: (True, True)}  # with a date, with a host
# Bits and digits of company prefix and item reference, by partition (Table 14-2).
PARTITIONS = (
    (40, 12, 4, 1),
    (37, 11, 7, 2),
    (34, 10, 10, 3),
    (30, 9, 14, 4),
    (27, 8, 17, 5),
    (24, 7, 20, 6),
    (20, 6, 24, 7),
)
DATES = ("11", "13", "15", "16", "17")  # what the date of a DSGTIN+ is, by its type (14.5.3)
SHORT_DATES = frozenset((*DATES, "12"))
LETTERED = frozenset(("10", "22"))  # values of up to 20 letters (14.5.6)


@dataclass
class Bits:
    """Bits, read from the left."""

    bits: str

    def take(self, count: int) -> int:
        """The next bits as a number. BadLink when there are fewer."""
        if count > len(self.bits):
            raise BadLink("compressed")
        taken, self.bits = self.bits[:count], self.bits[count:]
        return int(taken or "0", 2)

    def letters(self, count: int, alphabet: str) -> str:
        """The next letters, each of as many bits as its alphabet takes."""
        width = (len(alphabet) - 1).bit_length()
        return "".join(alphabet[self.take(width)] for _ in range(count))

    def digits(self, count: int, width: int) -> str:
        """A number of `width` bits as that many digits."""
        told = str(self.take(width)).zfill(count)
        return told if len(told) == count else _refuse()


def elements_in(text: str) -> list[Element]:
    """What a string such as `eh30164596f40c0e5cbe991a83` says, in the order of a link. Raises BadLink."""
    alphabet = HEX_SMALL if text.startswith("eh") else BASE64
    width = (len(alphabet) - 1).bit_length()
    bits = Bits("".join(f"{alphabet.index(letter):0{width}b}" for letter in text[2:]))
    header = bits.take(8)
    if header not in (SGTIN_96, SGTIN_198, *PLUS):
        raise BadLink("compressed_kind")
    told = list(_plus(bits, *PLUS[header]) if header in PLUS else _partitioned(bits, header))
    if "1" in bits.bits or len(dict(told)) < len(told):
        raise BadLink("compressed")
    return told


def _partitioned(bits: Bits, header: int) -> Iterator[Element]:
    """SGTIN-96 and SGTIN-198 (14.6.1.1, 14.6.1.2): company prefix and item reference share 44 bits and 13 digits."""
    bits.take(3)  # the filter: case or item, nothing that a link says
    partition = bits.take(3)
    if partition >= len(PARTITIONS):
        raise BadLink("compressed")
    company_bits, company_digits, item_bits, item_digits = PARTITIONS[partition]
    company, item = bits.digits(company_digits, company_bits), bits.digits(item_digits, item_bits)
    body = item[0] + company + item[1:]
    yield "01", body + check_digit(body)
    yield "21", str(bits.take(38)) if header == SGTIN_96 else bits.letters(20, ASCII).rstrip("\0")


def _plus(bits: Bits, with_date: bool, with_host: bool) -> Iterator[Element]:
    """SGTIN+ and its kin (14.6.2): a date, GTIN, serial, the host that a tag names, and whatever else it says."""
    bits.take(4)  # whether more follows, which the rest says itself, and the filter
    if with_date:
        kind = bits.take(4)
        yield (DATES[kind] if kind < len(DATES) else _refuse()), _date(bits)
    yield "01", bits.letters(14, HEX)
    yield "21", _lettered(bits)
    if with_host:
        _skip_host(bits)
    yield from _rest(bits)


def _rest(bits: Bits) -> Iterator[Element]:
    """The data after an EPC (15.3): identifiers as digits of four bits, each with its value."""
    while "1" in bits.bits:
        stem = bits.letters(2, HEX)
        length = next((len(name) for name in identifiers() if name.startswith(stem)), 0) or _refuse()
        name = stem + bits.letters(int(length) - 2, HEX)
        if name in SHORT_DATES:
            yield name, _date(bits)
        elif name in LETTERED:
            yield name, _lettered(bits)
        elif len(name) == 4 and "31" <= stem <= "36":
            yield name, bits.digits(6, 20)
        else:
            raise BadLink("compressed_element", name)


def _date(bits: Bits) -> str:
    return "".join(bits.digits(2, width) for width in (7, 4, 5))


def _lettered(bits: Bits) -> str:
    """Up to 20 letters: how they are written, how many, and they (14.5.6)."""
    how, count = bits.take(3), bits.take(5)
    if how == 0:
        return bits.digits(count, (10**count - 1).bit_length())
    if how == 5:
        return _code_40(bits, count)
    return bits.letters(count, {1: HEX, 2: HEX_SMALL, 3: BASE64, 4: ASCII}.get(how) or _refuse())


def _code_40(bits: Bits, count: int) -> str:
    """Three letters in 16 bits (14.5.6.5)."""
    found = ""
    for _ in range(0, count, 3):
        first, rest = divmod(bits.take(16) - 1, 1600)
        if not 0 <= first < len(CODE_40):
            raise BadLink("compressed")
        found += (CODE_40[first] + CODE_40[rest // 40] + CODE_40[rest % 40]).replace("\0", "")
    return found


def _skip_host(bits: Bits) -> None:
    """The host of a tag (14.5.16) is not ours to follow: a link is answered where it was asked."""
    in_sevens, count = bits.take(1), bits.take(6)
    bits.take(7 * count if in_sevens else 16 * -(-count // 3))


def _refuse() -> NoReturn:
    raise BadLink("compressed")

"""Batches of items: one row for any number of codes, what it says of one item, and its links. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from functions.codes import ranges
from functions.codes.check_digit import gtin14
from functions.codes.identifiers import identifiers
from functions.codes.link import build
from functions.codes.ranges import Range
from functions.codes.reasons import FIELDS, REASONS
from functions.codes.serial import INDEX_MAX, Serials
from functions.codes.values import fault
from functions.core.calendar import Calendar
from functions.core.campaign import Zone
from functions.core.form import PAGE_OR_NONE, STEM, label, unfit
from functions.core.item import Standing
from functions.core.text import Language, Text

SIZE_MAX = 20_000_000
RANGES_MAX = 1_000  # so that the row stays far below DynamoDB's 400 KB
LABELS_MAX = 20
LOST_ON_THE_WAY = frozenset("?%")  # a gateway undoes percent-encoding, then ends the path at a ? (link.encoded)
Place = tuple[str, int]  # a label, and the first of its indexes that is the batch's


def _gtin(text: str) -> str:
    try:
        return gtin14(text) if text else ""
    except ValueError as error:
        raise _refusal(f"gtin_{error}", str(error)) from error


def _lot(text: str) -> str:
    if text and (wrong := fault(identifiers()["10"], text)):
        raise _refusal(f"lot_{wrong}", wrong)
    if set(text) & LOST_ON_THE_WAY:
        raise _refusal("lot_lost", "")
    return text


def _refusal(code: str, reason: str) -> PydanticCustomError:
    """Why a field is refused, in the words of its form where there are any."""
    told = FIELDS[code] if code in FIELDS else REASONS[reason]
    return unfit(code, told.zh, told.en)


def _stem(text: str) -> str:
    return text.rstrip("/")


class Plan(BaseModel):
    """What a marketer orders: codes for one product and lot, or for goods without a GTIN."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    gtin: Annotated[str, AfterValidator(_gtin)] = Field(
        default="",
        json_schema_extra=label(
            "商品条码 GTIN", "GTIN", zh_help="8、12、13 或 14 位", en_help="8, 12, 13 or 14 digits"
        ),
    )
    lot: Annotated[str, AfterValidator(_lot)] = Field(default="", json_schema_extra=label("批号", "Lot"))
    name: Text = Field(default=Text(), json_schema_extra=label("商品名", "Product"))
    size: int = Field(ge=1, le=SIZE_MAX, json_schema_extra=label("数量", "Items", unit="codes"))
    expires: date | None = Field(default=None, json_schema_extra=label("有效期至", "Good until"))
    campaign: str = Field(default="", max_length=64, json_schema_extra=label("活动", "Campaign"))
    zone: Zone = Field(default="Asia/Shanghai", json_schema_extra=label("时区", "Time zone", widget="zone"))
    inner: bool = Field(
        default=False,
        json_schema_extra=label(
            "刮层内码",
            "Covert inner code",
            zh_help="印在刮层下或包装里，凭它领奖，光扫外码的人领不走",
            en_help="Under a scratch-off or inside the pack: who only saw the outer code cannot take the reward",
        ),
    )
    product_page: str = Field(
        default="",
        max_length=1000,
        pattern=PAGE_OR_NONE,
        json_schema_extra=label(
            "商品页", "Product page", zh_help="以 https:// 开头", en_help="Begins with https://", widget="line"
        ),
    )
    product_page_en: str = Field(
        default="",
        max_length=1000,
        pattern=PAGE_OR_NONE,
        json_schema_extra=label(
            "商品页（英文）",
            "Product page in English",
            zh_help="不填就都去上面那页",
            en_help="Else all go to the page above",
            widget="line",
        ),
    )
    stem: Annotated[str, AfterValidator(_stem)] = Field(
        pattern=STEM, json_schema_extra=label("链接开头", "Links begin with")
    )

    @model_validator(mode="after")
    def _lot_needs_gtin(self) -> Self:
        if self.lot and not self.gtin:
            raise unfit("lot_without_gtin", "有批号就要填商品条码", "A lot belongs to a GTIN")
        return self


class Batch(Plan):
    """A batch as it is kept. `first` is where its range of the label's indexes begins, `key` the root it was made with.

    `past` are the labels it had before corrections, each with where its range began there: what was printed under them
    stays good.
    """

    id: str = Field(pattern=r"^batch_[0-9abcdefghjkmnpqrstvwxyz]{26}$")
    key: str = Field(min_length=1, max_length=20)
    first: int = Field(default=0, ge=0, le=INDEX_MAX - SIZE_MAX)
    active: tuple[Range, ...] = Field(default=(), max_length=RANGES_MAX)
    blocked: tuple[Range, ...] = Field(default=(), max_length=RANGES_MAX)
    past: tuple[Place, ...] = Field(default=(), max_length=LABELS_MAX)

    @property
    def label(self) -> str:
        """What stands before a serial in a link; the serials' key follows from it."""
        if not self.gtin:
            return f"i/{self.id}"
        return f"01/{self.gtin}/10/{self.lot}" if self.lot else f"01/{self.gtin}"

    @property
    def today(self) -> Callable[[datetime], date]:
        """The day of an instant where the batch is sold."""
        return Calendar(self.zone).day_of

    def standing(self, number: int, today: date) -> Standing:
        """What may be done with an item of the batch, counted from 0, on a day of the campaign's calendar."""
        assert 0 <= number < self.size
        if ranges.holds(self.blocked, number):
            return "blocked"
        if not ranges.holds(self.active, number):
            return "not_activated"
        return "expired" if self.expires is not None and today > self.expires else "good"

    def product_page_in(self, language: Language) -> str:
        """The product's page for a reader of that language."""
        return (language == "en" and self.product_page_en) or self.product_page

    def number_of(self, index: int, under: str = "") -> int | None:
        """Which item of the batch an opened serial is, counted from 0; None when it is another batch's.

        `under` is the label it was scanned with, where that may be one from before a correction.
        """
        first = dict(self.past).get(under, self.first) if under != self.label else self.first
        number = index - first
        return number if 0 <= number < self.size else None

    def activated(self, wanted: Iterable[Range]) -> Batch:
        """With these items activated; activating twice changes nothing. ValidationError: too many ranges."""
        return self._with(active=ranges.joined([*self.active, *wanted]))

    def barred(self, wanted: Iterable[Range]) -> Batch:
        """With these items blocked, whether activated or not."""
        return self._with(blocked=ranges.joined([*self.blocked, *wanted]))

    def released(self, wanted: Iterable[Range]) -> Batch:
        """With these items no longer blocked."""
        return self._with(blocked=ranges.without(self.blocked, wanted))

    def corrected(self, gtin: str, lot: str, first: int | None = None) -> Batch:
        """With another GTIN or lot from now on; what was printed under the old label stays good.

        `first` is where there is room under the new label; none is looked for where the batch had it before.
        """
        other = self._with(gtin=gtin, lot=lot)
        past = {**dict(self.past), self.label: self.first}
        begins = past.pop(other.label, self.first if first is None else first)
        return other._with(first=begins, past=tuple(past.items()))

    def _with(self, **changes: Any) -> Batch:
        return Batch.model_validate(self.model_dump() | changes)


def printed(batch: Batch, serials: Serials) -> Iterator[tuple[int, str, str]]:
    """Number from 1, serial and link of each item, one at a time: a batch of any size takes no memory."""
    head = link_head(batch)
    for number in range(batch.size):
        serial = serials.seal(batch.first + number)
        yield number + 1, serial, head + serial


def link_head(batch: Batch) -> str:
    """A link up to its serial, whose characters need no encoding."""
    if not batch.gtin:
        return f"{batch.stem}/i/{batch.id}."
    elements = [("01", batch.gtin), *([("10", batch.lot)] if batch.lot else []), ("21", "0")]
    return build(batch.stem, elements)[:-1]


def text_head(batch: Batch) -> str:
    """The line that people read beside a code, up to its serial: identifiers in brackets, as GS1 prints them."""
    lot = f"(10){batch.lot}" if batch.lot else ""
    return f"(01){batch.gtin}{lot}(21)" if batch.gtin else ""

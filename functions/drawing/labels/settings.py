"""What a marketer says of labels: paper, grid, cutting, what stands on each. Lengths in millimetres."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from functions.core.form import label, unfit

A4 = (210.0, 297.0)
MARK, MARK_APART = 3.0, 1.0  # how long a crop mark is, and how far from the bleed
Length = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Side = Annotated[float, Field(ge=8, le=400, allow_inf_nan=False)]
Bleed = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]


class Labels(BaseModel):
    """How labels are printed. Everything has a default that prints."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    paper: Literal["a4", "roll"] = Field(
        default="a4",
        json_schema_extra=label(
            "纸张", "Paper", choices={"a4": ("A4 整张", "Sheets of A4"), "roll": ("标签卷", "A roll")}
        ),
    )
    columns: int = Field(default=4, ge=1, le=40, json_schema_extra=label("列数", "Columns"))
    rows: int = Field(default=10, ge=1, le=60, json_schema_extra=label("行数", "Rows"))
    margin_x: Length = Field(default=10, json_schema_extra=label("左右页边", "Margin left and right", unit="mm"))
    margin_y: Length = Field(default=10, json_schema_extra=label("上下页边", "Margin above and below", unit="mm"))
    gap_x: Length = Field(default=2, json_schema_extra=label("列间距", "Gap between columns", unit="mm"))
    gap_y: Length = Field(default=2, json_schema_extra=label("行间距", "Gap between rows", unit="mm"))
    width: Side = Field(default=50, json_schema_extra=label("标签宽", "Width of a label", unit="mm"))
    height: Side = Field(default=30, json_schema_extra=label("标签高", "Height of a label", unit="mm"))
    padding: Length = Field(default=1.5, json_schema_extra=label("标签内边距", "Space inside a label", unit="mm"))
    bleed: Bleed = Field(default=0, json_schema_extra=label("出血", "Bleed", unit="mm"))
    marks: bool = Field(default=False, json_schema_extra=label("裁切线", "Crop marks"))
    code: Length = Field(
        default=0,
        json_schema_extra=label(
            "二维码边长", "Side of a code", unit="mm", zh_help="含四周留白；0 为尽量大",
            en_help="with its light margin; 0 is as large as fits",
        ),
    )  # fmt: skip
    text: Literal["serial", "gs1", "none"] = Field(
        default="serial",
        json_schema_extra=label(
            "供人读的文字",
            "Line for people",
            choices={
                "serial": ("序列号", "The serial"),
                "gs1": ("GS1 全部字段", "All GS1 elements"),
                "none": ("不印", "None"),
            },
        ),
    )
    inner: Literal["none", "panel"] = Field(
        default="none",
        json_schema_extra=label(
            "内码", "Inner code", zh_help="框里的内码要盖上刮刮层", en_help="The scratch-off goes over its box",
            choices={"none": ("不印", "Not printed"), "panel": ("印在刮刮层下", "Under a scratch-off")},
        ),
    )  # fmt: skip
    level: Literal["L", "M", "Q", "H"] = Field(
        default="Q",
        json_schema_extra=label(
            "容错级别", "Error level",
            choices={"L": ("L 7%", "L 7%"), "M": ("M 15%", "M 15%"), "Q": ("Q 25%", "Q 25%"), "H": ("H 30%", "H 30%")},
        ),
    )  # fmt: skip
    dpi: int = Field(default=300, ge=150, le=4800, json_schema_extra=label("打印机分辨率", "Printer's dots per inch"))
    pictures: Literal["png", "svg"] = Field(
        default="png",
        json_schema_extra=label(
            "压缩包里的图片", "Pictures in a ZIP", choices={"png": ("PNG", "PNG"), "svg": ("SVG", "SVG")}
        ),
    )

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of one label."""
        if self.paper == "roll":
            return self.width, self.height
        wide, high = A4
        return (
            (wide - 2 * self.margin_x - (self.columns - 1) * self.gap_x) / self.columns,
            (high - 2 * self.margin_y - (self.rows - 1) * self.gap_y) / self.rows,
        )

    @model_validator(mode="after")
    def _room_on_the_sheet(self) -> Self:
        if min(self.size) < SMALLEST:
            raise unfit(
                "labels_too_small",
                f"页边和间距太大，每个标签不足 {SMALLEST:g} mm",
                f"With these margins and gaps a label is smaller than {SMALLEST:g} mm",
            )
        if self.paper == "a4":
            self._cuts()
        return self

    def _cuts(self) -> None:
        gaps = [*([self.gap_x] if self.columns > 1 else []), *([self.gap_y] if self.rows > 1 else [])]
        if 2 * self.bleed > min(gaps, default=2 * self.bleed):
            raise unfit("bleed_over_gap", "间距要至少是出血的两倍", "The gaps must be twice the bleed or more")
        needed = self.bleed + (MARK + MARK_APART if self.marks else 0)
        if needed > min(self.margin_x, self.margin_y):
            raise unfit("margin_too_narrow", f"页边至少要 {needed:g} mm", f"The margins must be {needed:g} mm or more")


SMALLEST = 8.0

"""Why labels cannot be printed as they were asked for, in both languages."""

from __future__ import annotations

from functions.core.text import Text

REASONS = {
    "module_too_small": Text(
        zh="一个模块只有 {module} mm，低于 {dpi} dpi 打印至少需要的 {least} mm。请放大标签、降低容错级别或缩短链接",
        en="A module of {module} mm is below the {least} mm that {dpi} dpi can print. "
        "Make the labels larger, the error level lower or the link shorter",
    ),
    "code_too_large": Text(
        zh="标签里放不下 {side} mm 的二维码，最大 {room} mm",
        en="A code of {side} mm does not fit on the label; {room} mm do",
    ),
    "text_too_large": Text(
        zh="标签里放不下供人读的文字。请放大标签或不印文字",
        en="The line for people does not fit on the label. Make the label larger or leave the line out",
    ),
    "link_too_long": Text(zh="链接太长，放不进二维码", en="The link is too long for a code"),
}


class BadLabels(Exception):
    """Labels that cannot be printed. `code` is stable, `values` fill its sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code, self.values = code, values

    def sentence(self) -> Text:
        """What a person reads."""
        reason = REASONS[self.code]
        return Text(zh=reason.fill("zh", self.values), en=reason.fill("en", self.values))

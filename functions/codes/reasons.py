"""Why a link or a number is refused, in both languages; `{at}` is the identifier concerned."""

from __future__ import annotations

from functions.core.text import Text

REASONS = {
    "uri_too_long": Text(zh="链接太长", en="The link is too long"),
    "uri_characters": Text(
        zh="链接里有不能直接写的字符，请用百分号编码", en="The link has characters that must be percent-encoded"
    ),
    "scheme": Text(zh="链接应以 https:// 或 http:// 开头", en="A link begins with https:// or http://"),
    "host": Text(zh="链接的域名不对", en="The host of the link is not right"),
    "no_key": Text(
        zh="路径里没有 GS1 主键，例如 /01/ 加 14 位 GTIN",
        en="The path has no GS1 key, such as /01/ and a GTIN of 14 digits",
    ),
    "two_keys": Text(zh="路径里有两个主键，另一个是 ({at})", en="The path has two keys; the other one is ({at})"),
    "unknown_identifier": Text(zh="没有 ({at}) 这个应用标识符", en="There is no identifier ({at})"),
    "value_missing": Text(zh="({at}) 后面没有值", en="Nothing follows ({at})"),
    "percent_encoding": Text(zh="({at}) 的百分号编码不完整", en="({at}) has a percent sign without two hex digits"),
    "qualifier_order": Text(
        zh="({at}) 的位置不对：限定符有固定顺序，GTIN 后是 22、10、21",
        en="({at}) is out of order: qualifiers have theirs, 22, 10, 21 after a GTIN",
    ),
    "not_a_qualifier": Text(
        zh="({at}) 不是这个主键的限定符，属性请放到问号后面",
        en="({at}) does not qualify this key; attributes belong after the question mark",
    ),
    "belongs_in_path": Text(zh="({at}) 应写在路径里，不在问号后面", en="({at}) belongs into the path"),
    "not_an_attribute": Text(zh="({at}) 不能作为数据属性", en="({at}) cannot be a data attribute"),
    "duplicate": Text(zh="({at}) 出现了两次", en="({at}) is there twice"),
    "excluded": Text(
        zh="({at}) 不能和链接里的另一个标识符同时出现", en="({at}) may not stand beside another identifier of this link"
    ),
    "needs_another": Text(zh="({at}) 还需要配合别的标识符", en="({at}) needs another identifier beside it"),
    "too_long": Text(zh="({at}) 的值太长", en="The value of ({at}) is too long"),
    "too_short": Text(
        zh="({at}) 的值太短；GTIN 在链接里要补零到 14 位",
        en="The value of ({at}) is too short; in a link a GTIN is filled up with zeros to 14 digits",
    ),
    "characters": Text(zh="({at}) 的值里有不允许的字符", en="The value of ({at}) has characters it may not have"),
    "check_digit": Text(zh="({at}) 的校验位不对", en="The check digit of ({at}) is wrong"),
    "company_prefix": Text(
        zh="({at}) 应以数字的厂商识别代码开头", en="({at}) begins with the digits of a company prefix"
    ),
    "date": Text(zh="({at}) 不是有效日期（年月日各两位）", en="({at}) is no date (year, month, day, two digits each)"),
    "value": Text(zh="({at}) 的值不符合要求", en="The value of ({at}) is not one it may have"),
    "compressed": Text(
        zh="压缩链接里的 EPC 编码读不出来", en="The EPC binary string of this compressed link cannot be read"
    ),
    "compressed_kind": Text(
        zh="压缩链接里不是商品的 EPC（SGTIN），这里读不了",
        en="The EPC of this compressed link is none of a trade item (SGTIN)",
    ),
    "compressed_element": Text(
        zh="压缩链接里带了这里读不了的 ({at})", en="The compressed link holds ({at}), which is not read here"
    ),
    "not_digits": Text(zh="GTIN 只能有数字", en="A GTIN has digits only"),
    "wrong_length": Text(zh="GTIN 应为 8、12、13 或 14 位", en="A GTIN has 8, 12, 13 or 14 digits"),
}
NO_LINK = Text(zh="这不是 GS1 Digital Link", en="Not a GS1 Digital Link")
UNKNOWN = {  # of a link that is right: what has none, or none of the type that was asked for
    "unknown_item": (
        Text(zh="查不到这个码", en="Unknown code"),
        Text(
            zh="这里没有它的链接，请核对码和商品来源。",
            en="No links of it are known here. Check the code, and where it comes from.",
        ),
    ),
    "no_such_link": (
        Text(zh="没有这种链接", en="No such link"),
        Text(zh="它没有 linkType 要的这种链接。", en="It has no link of the type that linkType asks for."),
    ),
}
FIELDS = {  # of an order's fields, for who knows no identifiers
    "gtin_check_digit": Text(
        zh="校验位（最后一位）不对，请对照包装核对",
        en="The check digit, the last one, does not fit. Please compare it with the pack",
    ),
    "lot_too_long": Text(zh="批号最多 20 位", en="A lot has 20 characters at most"),
    "lot_characters": Text(
        zh="批号只能用英文字母、数字和常用符号，不能有空格",
        en="A lot has plain letters, digits and signs, no spaces",
    ),
    "lot_lost": Text(
        zh="批号里请别用 ? 和 %，链接到了云端会丢字",
        en="No ? and % in a lot, please: clouds lose them from links",
    ),
}
RANGES = {
    "range_empty": Text(zh="请填范围，例如 1-5000", en="Name a range, such as 1-5000"),
    "range_form": Text(
        zh="“{text}”看不懂，请写成 1-5000 或两个序列号", en="'{text}' is no range such as 1-5000, or two serials"
    ),
    "range_reversed": Text(zh="“{text}”前后颠倒了", en="'{text}' ends before it begins"),
    "range_outside": Text(zh="“{text}”超出了这一批的数量", en="'{text}' is outside of this batch"),
    "range_serial": Text(zh="“{text}”里的序列号不属于这一批", en="A serial of '{text}' is not one of this batch"),
    "ranges_overlap": Text(zh="{text} 互相重叠", en="{text} overlap"),
}
ITEMS = {
    "no_item": Text(zh="这个链接里没有单品序列号", en="This link names no single item"),
    "not_ours": Text(zh="这个序列号不是我们生成的", en="This serial was not made here"),
}

"""Orders from a spreadsheet: read as people export them, and taken twice they are the same."""

import pytest

from functions.orders.sheet import Sheet, read

HEAD = "order_id,status,total,refunded,paid_at\n"


def codes(sheet: Sheet) -> list[tuple[int, str]]:
    return [(line, fault.code) for line, fault in sheet.faults]


def test_a_file_of_a_chinese_shop_is_read_in_its_own_words_and_encoding() -> None:
    text = "订单号,订单状态,实付金额,退款金额,付款时间,买家手机\nA-1,交易成功,129.00,,2026-12-01 10:00:00,13800000000\n"

    for data in (text.encode("gb18030"), text.encode("utf-8-sig")):
        (order,) = read(data, "CNY").orders
        assert (order.order_id, order.status, order.total, order.buyer.phone) == ("A-1", "paid", 12900, "13800000000")
    assert read(text.encode(), "CNY").headings["total"] == "实付金额"  # what a fault there is called


def test_the_same_order_exported_later_has_a_higher_revision() -> None:
    lines = [
        "A,paid,10,,2026-12-01",
        "A,refunded,10,2.50,2026-12-01",
        "A,refunded,10,,2026-12-01",
        "A,cancelled,10,,2026-12-01",
    ]
    revisions = [read((HEAD + line).encode(), "CNY").orders[0].revision for line in lines]

    assert revisions == sorted(set(revisions))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("A,paid,-1,,2026-12-01", "greater_than_equal"),
        ("A,paid,1.001,,2026-12-01", "not_an_amount"),
        ("A,lost,1,,2026-12-01", "literal_error"),
        ("A,paid,1,2,2026-12-01", "refund_exceeds_total"),
        ("A,paid,1,,soon", "not_a_time"),
        (",paid,1,,2026-12-01", "string_too_short"),
    ],
)
def test_a_line_that_cannot_be_is_named_and_the_others_are_read(line: str, code: str) -> None:
    sheet = read(f"{HEAD}{line}\nB,paid,1,,2026-12-01\n".encode(), "CNY")

    assert codes(sheet) == [(2, code)]
    assert [order.order_id for order in sheet.orders] == ["B"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_rows"),
        (b"a,b\n1,2\n", "columns_missing"),
        (HEAD.encode() + b"x,paid,1,,2026-12-01\n" * 10_001, "too_many_rows"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(data: bytes, code: str) -> None:
    sheet = read(data, "CNY")

    assert (codes(sheet), sheet.orders) == ([(1, code)], [])

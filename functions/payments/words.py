"""What is said of a payment."""

from __future__ import annotations

from functions.core.text import Text

SENTENCES = {
    "asked": Text(zh="请付 {sum}", en="Please pay {sum}"),
    "openid_needed": Text(
        zh="微信里付款要公众号授权，这里还没接通。请点右上角，用浏览器打开再付",
        en="Paying inside WeChat takes a sign-in that is not set up here. Open this page in your browser and pay there",
    ),
    "sign_in": Text(zh="微信确认一下身份，接着付 {sum}", en="WeChat confirms who you are, then you pay {sum}"),
    "sign_in_again": Text(zh="这一步过期了，请再点一次付款", en="This step has expired. Please tap pay again"),
    "cannot_pay_now": Text(zh="现在付不了，请稍后再试", en="This cannot be paid just now. Please try again later"),
    "nothing_owed": Text(zh="现在没有要付的", en="There is nothing to pay just now"),
    "paid": Text(zh="付款成功", en="Paid"),
    "refused": Text(zh="付款没有成功", en="The payment was refused"),
    "known": Text(zh="已经记下了", en="Known already"),
    "unknown_payment": Text(zh="没有这笔付款", en="There is no such payment"),
    "amount_differs": Text(zh="金额和应付的不一样，没有入账", en="The amount differs: nothing was booked"),
    "currency_differs": Text(zh="币种和应付的不一样，没有入账", en="The currency differs: nothing was booked"),
    "paid_twice": Text(zh="这笔已经付过，多付的要退回", en="It was paid before: this one has to go back"),
    "handed_back": Text(zh="已登记，款已退给顾客", en="Written down: the customer has the money back"),
    "unknown_refund": Text(zh="没有这笔要退的款", en="There is no such refund to give back"),
    "after_refusal": Text(zh="付款已经结束", en="The payment is over"),
}  # fmt: skip
UNPAID = {
    name: SENTENCES[name] for name in ("openid_needed", "sign_in_again", "cannot_pay_now", "nothing_owed", "refused")
}

"""Texts that try to run as script: wherever words of marketers or members are shown, none of them may."""

from __future__ import annotations

from itertools import product

from tests.pages import samples

CLASSIC = [
    "<script>xss()</script>",
    "<SCRIPT SRC=data:text/javascript,xss()></SCRIPT>",
    "<script nonce>xss()</script>",
    f"<script nonce={samples.NONCE}>xss()</script>",
    "</script><script>xss()</script>",
    "</style><script>xss()</script>",
    "</title><script>xss()</script>",
    "</textarea><script>xss()</script>",
    "<!--><script>xss()</script>",
    "--><script>xss()</script>",
    "]]><script>xss()</script>",
    "<scr<script>ipt>xss()</scr</script>ipt>",
    "<script\x0c>xss()</script>",
    "<script/x>xss()</script>",
    "<script>xss()<!--",
    "<script>/*<![CDATA[*/xss()/*]]>*/</script>",
    "<img src=x onerror=xss()>",
    "<img src=x onerror='xss()'>",
    '<img src=x onerror="xss()">',
    "<img src=x oneonerrorrror=xss()>",
    "<img/src=x/onerror=xss()>",
    '"><img src=x onerror=xss()>',
    "'><img src=x onerror=xss()>",
    "`><img src=x onerror=xss()>",
    "<image src=x onerror=xss()>",
    "<svg onload=xss()>",
    "<svg/onload=xss()>",
    "<svg><script>xss()</script></svg>",
    "<svg><animate onbegin=xss() attributeName=x dur=1s>",
    "<svg><set onbegin=xss() attributeName=x>",
    "<svg><a xlink:href=javascript:xss()><text y=20>x</text></a></svg>",
    "<svg><foreignObject><img src=x onerror=xss()></foreignObject></svg>",
    "<math><mtext><script>xss()</script></mtext></math>",
    "<math><mi xlink:href=javascript:xss()>x</mi></math>",
    "<body onload=xss()>",
    "<html onpageshow=xss()>",
    "<iframe src=javascript:parent.xss()></iframe>",
    "<iframe srcdoc='<script>parent.xss()</script>'></iframe>",
    "<iframe onload=xss()></iframe>",
    "<object data=javascript:xss()></object>",
    "<object data='data:text/html,<script>parent.xss()</script>'></object>",
    "<embed src=javascript:xss()>",
    "<video src=x onerror=xss()></video>",
    "<video><source onerror=xss()></video>",
    "<audio src=x onerror=xss()>",
    "<input autofocus onfocus=xss()>",
    "<select autofocus onfocus=xss()></select>",
    "<textarea autofocus onfocus=xss()></textarea>",
    '" autofocus onfocus=xss() x="',
    "' autofocus onfocus=xss() x='",
    " autofocus onfocus=xss() tabindex=1 ",
    "<a autofocus tabindex=1 onfocus=xss()>x</a>",
    "<details open ontoggle=xss()>x</details>",
    "<marquee onstart=xss()>x</marquee>",
    "<style>@import 'javascript:xss()';</style>",
    "<style>*{animation:a}@keyframes a{}</style><b onanimationstart=xss()>x</b>",
    "<div style='background:url(javascript:xss())'>x</div>",
    "<div style='animation:a' onanimationstart=xss()>x</div>",
    "<link rel=stylesheet href='data:text/css,*{color:red}'>",
    "<link rel=import href='data:text/html,<script>xss()</script>'>",
    "<meta http-equiv=refresh content='0;url=javascript:xss()'>",
    "<meta http-equiv=refresh content='0;url=data:text/html,<script>opener.xss()</script>'>",
    "<base href='javascript:xss();//'>",
    "<form action=javascript:xss()><button autofocus>x</button></form>",
    "<button formaction=javascript:xss()>x</button>",
    "<template><script>xss()</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=xss()>'>",
    "<xmp><p title='</xmp><img src=x onerror=xss()>'>",
    "<keygen autofocus onfocus=xss()>",
    "javascript:xss()",
    "&lt;script&gt;xss()&lt;/script&gt;",
    "&#60;script&#62;xss()&#60;/script&#62;",
    "\\u003cscript\\u003exss()\\u003c/script\\u003e",
    "＜script＞xss()＜/script＞",
    "%3Cscript%3Exss()%3C/script%3E",
    "+ADw-script+AD4-xss()+ADw-/script+AD4-",
    "\u2028<script>xss()</script>",
    "\x00<script>xss()</script>",
    "<script>\u202exss()\u202c</script>",
    "{{ 7*7 }}{{ config }}",
    "{{ ''.__class__.__mro__ }}",
    "{% for x in range(9) %}xss{% endfor %}",
    "{{ '<script>xss()</script>' | safe }}",
    "{{campaign}}<script>xss()</script>",
    "{campaign.__class__}{0}{xss}",
    "${xss()}#{xss()}<%= xss() %>",
    "[[xss()]]((xss()))",
    "*{}:after{content:'x'}</style><img src=x onerror=xss()>",
]

TAGS = (
    "img src=x", "svg", "video src=x", "audio src=x", "body", "input autofocus", "details open", "iframe",
    "object data=x",
)  # fmt: skip
EVENTS = ("onerror", "onload", "onfocus", "ontoggle", "onpointerenter", "onanimationend")
OPENINGS = (
    "<{tag} {event}=xss()>", '"><{tag} {event}=xss()>', "</p><{tag}/{event}='xss()'>", "<{tag}\t{event}\n=\nxss()>",
)  # fmt: skip
MARKDOWN = (
    "[x](javascript:xss())", "![x](javascript:xss())", "[x]: javascript:xss()", "<javascript:xss()>",
    "$$\\href{javascript:xss()}{x}$$", ":red[<img src=x onerror=xss()>]", ":material/<script>xss()</script>:",
    "`<script>xss()</script>`", '[![x](x "onerror=xss()")](x)',
)  # fmt: skip
PAYLOADS = list(
    dict.fromkeys(
        [
            *CLASSIC,
            *MARKDOWN,
            *(form.format(tag=tag, event=event) for tag, event, form in product(TAGS, EVENTS, OPENINGS)),
        ]
    )
)

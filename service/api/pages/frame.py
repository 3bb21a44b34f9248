"""What every page has in common: the frame around its text, its words, its headers."""

import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from service.api.pages.assets import edition, etag, unchanged
from service.api.pages.language import preferred

_HERE: Final = Path(__file__).parent

_POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""The content security policy of a page: everything from this service, nothing inline, no frames."""

_OWN_NAMES: Final = {"da": "Dansk", "sv": "Svenska", "nb": "Norsk", "en": "English"}
_TABS: Final = {"rest": "/docs", "graphql": "/graphql", "problems": "/problems"}


def language_of(request: Request) -> str:
    """Tell which language to answer in: `?lang=` when the reader chose one, else `Accept-Language`."""
    return preferred(request.headers.get("accept-language", ""), request.query_params.get("lang", ""))


def words(language: str) -> Mapping[str, str]:
    """Give the words of the pages in a language, ready to stand in HTML."""
    return {name: escape(text) for name, text in _dictionary(language)["words"].items()}


def advice(language: str, status: int) -> str:
    """Say what a reader who met an HTTP status can do, in a language; unescaped."""
    known = _dictionary(language)["advice"]
    return known.get(str(status)) or known["500" if status >= 500 else "400"]  # noqa: PLR2004  -- RFC 9110


def fill(name: str, values: Mapping[str, str]) -> str:
    """Put values, already escaped, into the template of that name."""
    return _template(name).substitute(values)


def root_of(request: Request) -> str:
    """Give the path that the service is mounted under, without a final slash."""
    root: object = request.scope.get("root_path", "")
    return escape(str(root).rstrip("/"))


def page(
    request: Request,
    template: str,
    values: Mapping[str, str],
    *,
    title: str,
    language: str,
    tab: str = "",
    translated: bool = True,
    status: int = 200,
) -> Response:
    """Answer with a page: the template within the frame.

    `title` is plain text, `values` are HTML. A page that is not `translated` offers no other language.
    """
    root = root_of(request)
    common = {
        **words(language),
        "root": root,
        "assets": f"{root}/assets/{edition()}",
        "lang": language,
        # A language chosen by hand stays chosen from page to page.
        "keep": f"?lang={language}" if request.query_params.get("lang") == language else "",
    }
    frame = {
        "title": escape(title),
        "template": template,
        "tabs": "".join(_tab(name, path, common, here=name == tab) for name, path in _TABS.items()),
        "languages": _languages(language, common) if translated else "",
        "main": fill(template, {**common, **values}),
    }
    content = fill("frame", {**common, **frame}).encode()
    tag = etag(content)
    headers = {
        "Cache-Control": "no-cache",
        "Content-Language": language,
        "Content-Security-Policy": "; ".join(f"{name} {source}" for name, source in _POLICY.items()),
        "ETag": tag,
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept, Accept-Language",
        "X-Content-Type-Options": "nosniff",
    }
    if status == 200 and unchanged(request, tag):  # noqa: PLR2004  -- only a page that is there can be the same
        return Response(status_code=304, headers=headers)
    return Response(content, status_code=status, media_type="text/html", headers=headers)


def _tab(name: str, path: str, common: Mapping[str, str], *, here: bool) -> str:
    current = ' aria-current="page"' if here else ""
    keep = common["keep"] if name == "problems" else ""
    return f'<li><a href="{common["root"]}{path}{keep}"{current}>{common[f"tab_{name}"]}</a></li>'


def _languages(language: str, common: Mapping[str, str]) -> str:
    current = {language: ' aria-current="true"'}
    links = "".join(
        f'<li><a href="?lang={each}" lang="{each}" hreflang="{each}"{current.get(each, "")}>{own}</a></li>'
        for each, own in _OWN_NAMES.items()
    )
    return f'<nav class="languages" aria-label="{common["languages_label"]}"><ul>{links}</ul></nav>'


@cache
def _template(name: str) -> Template:
    return Template((_HERE / "html" / f"{name}.html").read_text(encoding="utf-8"))


@cache
def _dictionary(language: str) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((_HERE / "words" / f"{language}.toml").read_text(encoding="utf-8"))

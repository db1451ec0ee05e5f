"""What an HTML page says of itself: title, day of publication, writer, section, language, address, publisher.

Sources, first to last: JSON-LD (the node of the page's own article, not of the others that it lists), `<meta>`, microdata of the
article, visible headings. The title is the `<h1>` before any of them, because it is what readers see.
Known limits: RDFa is read only where it uses `<meta property>`; JSON-LD that is no JSON is searched for its two dates only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from onrecord.reading.dates import metadata_day
from onrecord.reading.layout import plain

DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "rnews:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "published-date",
    "published_date",
    "published_time",
    "publication_date",
    "publication-date",
    "publicationdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "pub_date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "originalpublicationdate",
    "displaydate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "article_date_original",
    "article:post_time",
    "date_published",
    "ptime",
    "date",
)
"""Names of `<meta>` that give the day of publication, the surest first; lower case."""
CHANGE_METAS = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "revised", "lastmod")
ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|Posting|PressRelease|Review|Statement)$")
ASIDE_TAGS = frozenset({"aside", "nav", "footer", "form"})
ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:related|sidebar|side-bar|popular|most-?read|most|trending|promo|teasers?|recommend\w*|comments?|footer|nav|navigation|menu|breadcrumbs?|cookie\w*|newsletter|more|"
    r"outbrain|taboola|widget|latest|ticker|breaking|cards?|carousel|topnews|latest-news)(?:$|[\s_-])",
    re.IGNORECASE,
)
SUFFIX = re.compile(r"\s+(?:[|–—·»:-]|::)\s+[^|–—·»]{2,60}$")
LOOSE_DATE = re.compile(r'"(datePublished|dateModified)"\s*:\s*"([^"]{8,40})"')


class Metadata(NamedTuple):
    """All of it; None where the page does not say. `published_from` names the field that gave the day."""

    title: str | None = None
    published: date | None = None
    published_from: str | None = None
    modified: date | None = None
    byline: str | None = None
    publisher: str | None = None
    section: str | None = None
    language: str | None = None
    url: str | None = None


def metadata(tree: Any) -> Metadata:
    """Return what the page says of itself. `tree`: the root element of an lxml.html tree; it is not changed."""
    metas = _metas(tree)
    nodes, loose = _json_ld(tree)
    visible = _headings(tree)
    head = _text(tree.find(".//title"))
    title = _title(visible, metas.get("og:title") or metas.get("twitter:title"), head)
    article = _own_article(nodes, title)
    published, origin = _published(tree, article, loose, metas)
    modified = _first_day([article.get("dateModified"), loose.get("dateModified"), *(metas.get(name) for name in CHANGE_METAS)])
    publisher = _name(article.get("publisher")) or metas.get("og:site_name") or metas.get("application-name")
    return Metadata(
        title=title or _plain_string(article.get("headline")),
        published=published,
        published_from=origin,
        modified=modified,
        byline=_name(article.get("author")) or _author(metas) or _visible_author(tree),
        publisher=publisher or _site_of(head, title),
        section=_plain_string(article.get("articleSection")) or metas.get("article:section") or metas.get("section"),
        language=(tree.get("lang") or metas.get("og:locale") or metas.get("content-language") or None),
        url=_canonical(tree) or metas.get("og:url"),
    )


def beside(element: Any) -> bool:
    """Tell whether an element lies in a part of the page that is not the article: navigation, related stories, comments."""
    while element is not None:
        if isinstance(element.tag, str) and element.tag not in {"body", "html"}:
            if element.tag in ASIDE_TAGS:
                return True
            names = f"{element.get('class') or ''} {element.get('id') or ''}"
            if len(names) < 200 and element.tag not in {"article", "main"} and ASIDE_NAMES.search(names):
                return True
        element = element.getparent()
    return False


# ---- meta and headings -----------------------------------------------------------------------------------------------


def _metas(tree: Any) -> dict[str, str]:
    """Return the page's meta values by their names in lower case; the first of each counts."""
    out: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                out.setdefault(name, content)
    return out


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _headings(tree: Any) -> list[str]:
    return [text for h in tree.iter("h1") if 3 < len(text := _text(h)) < 300 and not beside(h)]


def _title(visible: list[str], meta: str | None, head: str) -> str | None:
    """Return the h1 that the page's other titles agree with, else the only one, else those titles without the site's name."""
    others = plain(f"{meta or ''} {head}")
    agreed = [h for h in visible if plain(h) and plain(h) in others]
    if agreed:
        return max(agreed, key=len)
    if visible and (len(visible) == 1 or not others):
        return visible[0]
    if meta:
        return SUFFIX.sub("", meta) if SUFFIX.search(meta) and plain(SUFFIX.sub("", meta)) in plain(head) else meta
    return SUFFIX.sub("", head) or None


def _site_of(head: str, title: str | None) -> str | None:
    """Return the site's name where `<title>` is the title, a bar and a name."""
    match = SUFFIX.search(head)
    if match is None or title is None or plain(head[: match.start()]) != plain(title):
        return None
    return match[0].strip(" |–—·»:-") or None


def _author(metas: dict[str, str]) -> str | None:
    for name in ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl"):
        value = metas.get(name)
        if value and not value.startswith(("http", "/", "@")) and len(value) < 120:
            return re.sub(r"^by\s+", "", value, flags=re.IGNORECASE)
    return None


def _visible_author(tree: Any) -> str | None:
    for element in tree.iter("a", "span", "p", "div", "address"):
        marked = element.get("rel") == "author" or element.get("itemprop") == "author" or element.get("class") in {"byline", "author", "by"}
        text = _text(element) if marked else ""
        if 3 < len(text) < 100 and not beside(element):
            return re.sub(r"^by\s+", "", text, flags=re.IGNORECASE)
    return None


def _canonical(tree: Any) -> str | None:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            return (element.get("href") or "").strip() or None
    return None


# ---- JSON-LD ---------------------------------------------------------------------------------------------------------


def _json_ld(tree: Any) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return the nodes of the page's JSON-LD, and the dates of what is no valid JSON."""
    nodes: list[dict[str, Any]] = []
    loose: dict[str, str] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        source = (
            re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", script.text or "").strip().rstrip(";")
        )
        try:
            nodes.extend(_flat(json.loads(source, strict=False)))
        except (ValueError, RecursionError):
            for key, value in LOOSE_DATE.findall(source):
                loose.setdefault(key, value)
    return nodes, loose


def _flat(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the top nodes of JSON-LD: lists and `@graph` are opened, lists of other pages' articles are not."""
    if isinstance(value, list):
        for item in value:
            yield from _flat(item)
    elif isinstance(value, dict):
        yield value
        yield from _flat(value.get("@graph"))
        for key in ("mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), dict):
                yield from _flat(value[key])


def _own_article(nodes: list[dict[str, Any]], title: str | None) -> dict[str, Any]:
    """Return the node of the page's own article; {} where there is none."""
    articles = [node for node in nodes if any(ARTICLE_TYPES.search(name) for name in _types(node))]
    pages = [node for node in nodes if any(name in {"WebPage", "ItemPage"} for name in _types(node)) and "datePublished" in node]
    wanted = plain(title or "")
    own = [node for node in articles if wanted and plain(_plain_string(node.get("headline")) or "") == wanted]
    dated = [node for node in own + articles if "datePublished" in node]
    return next(iter([*dated[:1], *own, *articles, *pages]), {})


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)]


def _plain_string(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    """Return the names of a person or organisation node, or of a list of them."""
    if isinstance(value, list):
        names = [name for item in value[:5] if (name := _name(item))]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, dict):
        return _plain_string(value.get("name"))
    text = _plain_string(value)
    return text if text and not text.startswith("http") else None


# ---- the day ---------------------------------------------------------------------------------------------------------


def _first_day(values: list[Any]) -> date | None:
    return next((day for value in values if isinstance(value, str) and (day := metadata_day(value))), None)


def _published(tree: Any, article: dict[str, Any], loose: dict[str, str], metas: dict[str, str]) -> tuple[date | None, str | None]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        day = _first_day([article.get(key)])
        if day:
            return day, f"JSON-LD {key}"
    day = _first_day([loose.get("datePublished")])
    if day:
        return day, "JSON-LD datePublished"
    for name in DATE_METAS:
        day = _first_day([metas.get(name)])
        if day:
            return day, f"meta {name}"
    return _microdata(tree)


def _microdata(tree: Any) -> tuple[date | None, str | None]:
    """Return the day of an element that is marked as the article's date and does not lie beside the article."""
    for element in tree.iter("time", "span", "abbr", "p", "div", "meta"):
        marked = "datePublished" in (element.get("itemprop") or "") or (element.tag == "time" and element.get("pubdate") is not None)
        hentry = element.tag in {"abbr", "time"} and {"published", "entry-date"} & set((element.get("class") or "").split())
        if (marked or hentry) and not beside(element):
            day = _first_day([element.get("datetime"), element.get("content"), element.get("title"), _text(element)])
            if day:
                return day, f"{element.tag} marked as the day of publication"
    return None, None

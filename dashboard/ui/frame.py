"""The frame around every page: which vintage, dataset and language, navigation, footer."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import duckdb
import streamlit as st

from dashboard import store
from dashboard.door import Place
from dashboard.locale import LANGUAGES, Words, words
from dashboard.queries import choices
from dashboard.ui.address import alone, choose, presenting, sweep, widget_key
from dashboard.ui.as_of import banner, earlier, refused, settle_vintage
from dashboard.ui.asking import ask
from dashboard.ui.view import make_view

PAGES = {
    "overview": ":material/dashboard:",
    "trends": ":material/show_chart:",
    "changes": ":material/waterfall_chart:",
    "counties": ":material/leaderboard:",
    "topics": ":material/category:",
    "county": ":material/contact_page:",
    "explore": ":material/filter_alt:",
    "materials": ":material/slideshow:",
    "data": ":material/folder_open:",
}
LOADING = "data"  # the page that opens without data: there it comes in
FOLDER = Path(__file__).parents[2] / "pages"
STYLE = Path(__file__).with_name("style.css")
EMBLEM = Path(__file__).with_name("emblem.svg")  # a Material icon here would come from Google


def frame(vintages: Path) -> None:
    """Draw the page that the address names, inside what all pages share."""
    say = words("en" if _language() == "en" else "zh")
    st.set_page_config(page_title=say("app.title"), page_icon=EMBLEM, layout="wide")
    st.html(STYLE)
    st.logo(EMBLEM, size="large")
    pages = {name: _page(name, icon, say) for name, icon in PAGES.items()}
    page = st.navigation([*pages.values()], position="top")
    st.session_state["turned_page"] = st.session_state.get("page") not in (None, page.url_path)
    st.session_state["page"] = page.url_path
    st.session_state.update(place=Place(vintages), words=say, pages=pages, view=None)
    st.session_state["asked_for"] = set()
    in_force = store.newest(vintages)
    if in_force is None:
        _empty(page, "no_vintage", say)
        return
    database = settle_vintage(vintages, in_force)
    st.session_state.update(database=database or in_force, in_force=in_force)
    if database is None:
        _refused(page, "gone", say)
        return
    try:
        _inside(page, say)
    except duckdb.Error as error:  # made before an upgrade changed the tables
        if earlier():
            _refused(page, "other_version", say)
        elif isinstance(error, store.OTHER_TABLES):
            _empty(page, "other_version", say)
        else:
            raise
        return
    if st.session_state["view"].freq or page.url_path == LOADING:
        page.run()
        sweep()
    if not presenting():
        _footer(say)


def _page(name: str, icon: str, say: Words) -> st.Page:
    return st.Page(
        FOLDER / f"{name}.py",
        title=say(f"app.pages.{name}"),
        icon=icon,
        help=say(f"app.help.{name}"),
        default=name == "overview",
    )


def _language() -> str:
    """Return the language before its picker is drawn: what was picked, else the address."""
    return str(st.session_state.get(widget_key("lang")) or st.query_params.get("lang", "zh"))


def _inside(page: st.Page, say: Words) -> None:
    st.session_state["above"] = st.container()  # for what is to be said of the address
    with st.container(horizontal=True, vertical_alignment="bottom", key="head"):
        name = st.container(horizontal=True, vertical_alignment="center", width="stretch")
        guide = None if presenting() else say(f"app.guide.{page.url_path or 'overview'}")
        name.title(page.title, anchor=False, width="content", help=guide)
        # On a phone pickers would fill the first screen: there they unfold below this mark.
        mark = f'<input type="checkbox"> {escape(say("app.choices"))}'
        st.html(f'<label class="unfold">{mark}</label>', width="content")
        with st.container(
            horizontal=True, vertical_alignment="bottom", key="frame", width="content"
        ):
            dataset = _pick_dataset(say)
            freq = _pick_freq(dataset, say)
        with st.container(key="language", width="content"):
            language = _pick_language(say)
    if language != say.language:  # back and forward change the address alone
        st.rerun()
    st.session_state["view"] = view = make_view(dataset, freq, language)
    if dataset:  # headings go down by one: below the page's name all is of this dataset
        st.html(f'<h2 class="unseen">{escape(view.words(f"dataset.{dataset}"))}</h2>')
    if earlier() or view.vintage.issue:
        banner(view.vintage, view.words)
    if not freq and page.url_path != LOADING:
        st.info(f"{say('empty.no_values')}　{say('empty.no_values_hint')}")
    elif dataset == "demonstration":
        name.badge(say("app.demonstration"), icon=":material/science:", color="orange")


def _pick_dataset(say: Words) -> str:
    options = ask(choices.datasets)
    if len(options) < 2:
        return alone("dataset", options[0] if options else "")
    return choose(
        "dataset",
        options,
        options[0],
        lambda key: st.selectbox(
            say("dataset.label"),
            options,
            key=key,
            format_func=lambda d: say(f"dataset.{d}"),
            width=180,
        ),
    )


def _pick_freq(dataset: str, say: Words) -> str:
    options = ask(choices.frequencies, dataset)
    if len(options) < 2:
        return alone("freq", options[0] if options else "")
    return choose(
        "freq",
        options,
        ask(choices.usual_frequency, dataset),
        lambda key: st.segmented_control(
            say("picker.freq"),
            options,
            key=key,
            required=True,
            format_func=lambda f: say(f"freq.{f}"),
        ),
    )


def _pick_language(say: Words) -> str:
    return choose(
        "lang",
        LANGUAGES,
        "zh",
        lambda key: st.segmented_control(
            say("app.language"),
            LANGUAGES,
            key=key,
            required=True,
            label_visibility="collapsed",
            format_func=lambda language: say(f"app.languages.{language}"),
        ),
    )


def _refused(page: st.Page, key: str, say: Words) -> None:
    st.title(page.title, anchor=False)
    refused(key, say)


def _empty(page: st.Page, key: str, say: Words) -> None:
    """Say that there is nothing to show, and what to do; data can be loaded all the same."""
    st.title(page.title, anchor=False)
    with st.container(border=True):
        st.markdown(f"#### {say(f'empty.{key}')}")
        st.markdown(say(f"empty.{key}_hint"))
    if page.url_path == LOADING:
        page.run()


def _footer(say: Words) -> None:
    footer = st.session_state["view"].footer
    with st.container(key="footer"):
        st.space("medium")
        st.caption(footer)
    st.html(_paper(say, footer))


def _paper(say: Words, footer: str) -> str:
    """Return what stands at the edges of each printed page: the title, the vintage, the page."""
    edges = {
        "top-left": _css(say("app.title")),
        "bottom-left": _css(footer),
        "bottom-right": 'counter(page) " / " counter(pages)',
    }
    boxes = "".join(
        f"@{edge} {{ content: {text}; font-size: 8pt; color: #4b5563; white-space: nowrap; }}"
        for edge, text in edges.items()
    )
    return f"<style>@page {{ {boxes} }}</style>"


def _css(text: str) -> str:
    """Return a string of CSS; whatever ends one or is markup goes."""
    plain = re.sub(r"[^\w\s.,，、：:（）()·-]", "", text)
    return f'"{plain}"'

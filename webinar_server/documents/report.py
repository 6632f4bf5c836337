"""Report of an hour as a document: what `session/report.py` tells, to read, to print and to send on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from html import escape
from typing import Any

from webinar_server.documents.curve import MINUTE_MS, curve
from webinar_server.documents.html import Link, bar, lines, page, said, share
from webinar_server.documents.times import clock, day
from webinar_server.documents.words import FROM, KINDS, word
from webinar_server.session.feedback import ANSWERS
from webinar_server.sheets.countries import country_name

Told = Mapping[str, Any]
LANGUAGES = ("en", "nl")


def report_page(told: Told, lang: str, zone: tzinfo, links: Sequence[Link] = ()) -> str:
    """The whole file, first in `lang`; times are said as they are in a zone."""
    titles = {one: f"{told['session']['title']} · {word(one, 'report')}" for one in LANGUAGES}
    return page(lang, titles, {one: "".join(_parts(told, one, zone)) for one in LANGUAGES}, links)


def _parts(told: Told, lang: str, zone: tzinfo) -> Iterator[str]:
    yield _head(told, lang, zone)
    yield _attendance(told, lang)
    yield _greeted(told["greeted"], lang)
    asked = told["questions"]
    for name in ("aloud", "written", "waiting"):
        if asked[name] or name != "written":
            yield _asked(asked[name], name, lang)
    if asked["dismissed"]:
        yield f'<p class="soft">{word(lang, "dismissed", n=asked["dismissed"])}</p>'
    yield _polls(told["polls"], lang)
    yield _voices(told["voices"], lang)
    yield _feedback(told, lang)
    yield _foot(told, lang, zone)


def _head(told: Told, lang: str, zone: tzinfo) -> str:
    session, there = told["session"], told["attendance"]
    over = word(lang, "report" if session["state"] == "closed" else "so_far")
    hours = f"{clock(session['begins'], zone)}–{clock(session['ends'], zone)}"
    when = f"{day(session['begins'], zone, lang)}, {hours}"
    took = word(lang, "took", minutes=session["minutes"])
    figures = (
        (there["came"], "came"),
        (there["most"], "most"),
        (share(there["to_the_end"], there["came"]), "to_the_end"),
        (there["middle"], "middle"),
        (told["questions"]["asked"], "asked"),
    )
    items = "".join(f"<li><strong>{n}</strong><span>{word(lang, key)}</span></li>" for n, key in figures)
    return (
        f'<p class="over">{over}</p><h1>{said(session["title"])}</h1>'
        f'<p class="soft">{when} · {took}</p><ul class="figures">{items}</ul>'
    )


def _attendance(told: Told, lang: str) -> str:
    there, session = told["attendance"], told["session"]
    if not there["came"]:
        return _section(lang, "attendance", f"<p>{word(lang, 'nobody')}</p>")
    at = max(0, (there["at"] - session["begins"]) // MINUTE_MS)
    summary = word(
        lang, "curve", most=there["most"], at=at, to_the_end=there["to_the_end"], came=there["came"]
    )
    picture = curve(there, session["begins"], session["ends"], escape(summary))
    drawn = f'<div class="drawn">{picture}</div>'
    body = f"<p>{summary}</p>{drawn}{_moments(there['moments'], session['begins'])}"
    return _section(lang, "attendance", body + _losses(told, lang))


def _moments(moments: Sequence[Told], begins: int) -> str:
    items = "".join(
        f'<li class="{one["what"]}"><b>{number}</b><i>{(one["at"] - begins) // MINUTE_MS}′</i>'
        f"<span>{said(one['text'])}</span></li>"
        for number, one in enumerate(moments, 1)
    )
    return f'<ol class="moments">{items}</ol>' if items else ""


def _losses(told: Told, lang: str) -> str:
    """Where most left, with what happened then."""
    begins, losses = told["session"]["begins"], told["attendance"]["losses"]
    if not losses:
        return f'<p class="soft">{word(lang, "loss_none")}</p>'
    found = []
    for loss in losses:
        minutes = {name: (loss[name] - begins) // MINUTE_MS for name in ("from", "until")}
        text = word(lang, "loss", left=loss["left"], **minutes)
        meanwhile = [
            f"“{said(one['text'])}”"
            for one in told["attendance"]["moments"]
            if one["at"] < loss["until"] and (one["until"] or one["at"]) >= loss["from"]
        ]
        during = f", {word(lang, 'during')} {', '.join(meanwhile)}" if meanwhile else ""
        found.append(f"<li>{text}{during}</li>")
    return f"<p>{word(lang, 'losses')}</p><ul>{''.join(found)}</ul>"


def _greeted(told: Told, lang: str) -> str:
    texts = [
        word(lang, "greeted_of", **{name: told[name] for name in ("greeted", "people", "aloud", "waved")}),
        word(lang, "new_of", new=told["new"], greeted=told["new_greeted"]),
    ]
    body = "".join(f"<p>{text}</p>" for text in texts)
    for one in told["by"]:
        names = [said(name) for name in one["names"]]
        if one["unnamed"]:
            names.append(word(lang, "unnamed", n=one["unnamed"]))
        by = word(lang, "by", name=said(one["name"])) if one["name"] else ""
        body += f'<h3>{by}</h3><p class="names">{", ".join(names)}</p>'
    return _section(lang, "greeted", body)


def _asked(questions: Sequence[Told], name: str, lang: str) -> str:
    if not questions:
        nothing = "waiting_none" if name == "waiting" else "nothing"
        return _section(lang, name, f'<p class="soft">{word(lang, nothing)}</p>')
    return _section(
        lang, name, f'<ol class="asked">{"".join(_question(one, lang) for one in questions)}</ol>'
    )


def _question(one: Told, lang: str) -> str:
    about = [asker_text(one["asker"], lang)]
    if one["supporters"]:
        about.append(word(lang, "supporters", n=one["supporters"]))
    if one["minute"] is not None:
        about.append(word(lang, "minute", n=one["minute"]))
    answer = ""
    if one["answer"]:
        name = one["answer"]["name"]
        by = word(lang, "answer_by", name=said(name)) if name else word(lang, "answer")
        answer = f'<div class="answer"><p class="meta">{by}</p>{lines(one["answer"]["text"])}</div>'
    return f'<li>{lines(one["text"])}<p class="meta">{" · ".join(about)}</p>{answer}</li>'


def asker_text(asker: Told, lang: str) -> str:
    """Who asked, as far as it is told (markup)."""
    country = country_name(asker.get("country", ""), lang)
    if "name" in asker or "organisation" in asker:
        names = [asker.get("name", ""), asker.get("organisation", "")]
        return ", ".join([*(said(name) for name in names if name), *filter(None, [escape(country)])])
    if asker:
        first = FROM[lang][asker.get("kind", "")]
        return ", ".join(filter(None, (first[:1].upper() + first[1:], escape(country))))
    return word(lang, "anonymous")


def _polls(polls: Sequence[Told], lang: str) -> str:
    body = "".join(_poll(poll, lang) for poll in polls)
    return _section(lang, "polls", body or f'<p class="soft">{word(lang, "nothing")}</p>')


def _poll(poll: Told, lang: str) -> str:
    """Its question, and what was chosen, as far as hosts are told."""
    counted, about = poll["counted"], [word(lang, "minute", n=poll["minute"])]
    about.append(word(lang, "voted", n=poll["voters"]))
    about += [word(lang, name, n=f"{value:g}") for name, value in poll["middle"].items()]
    # of a cloud there are more words than people
    most = max([counted or 0, *(line["votes"] for line in poll["lines"])])
    rows = "".join(_line(line, most, poll["form"], lang) for line in poll["lines"])
    nothing = word(lang, "few" if counted is None else "none_shown")
    choices = f"<table>{rows}</table>" if rows else f'<p class="soft">{nothing}</p>'
    title = f"<h3>{said(poll['question'])}</h3>"
    return f'<div class="choices">{title}<p class="soft small">{" · ".join(about)}</p>{choices}</div>'


def _line(line: Told, most: int, form: str, lang: str) -> str:
    votes = line["votes"]
    # what people wrote, or put in order, is no part of a whole
    number = f"{votes} · {share(votes, most)}" if form in ("choice", "quiz", "scale", "number") else votes
    return (
        f'<tr><th scope="row">{said(line["text"])}</th>'
        f'<td class="bars">{bar(votes, most)}</td><td class="n">{number}</td></tr>'
    )


def _voices(told: Told, lang: str) -> str:
    body = (
        f"<p>{word(lang, 'voices_of', **{name: told[name] for name in ('heard', 'people', 'messages')})}</p>"
    )
    body += _share(told["kinds"], "kind", KINDS[lang], lang)
    countries = {one["name"]: country_name(one["name"], lang) for one in told["countries"]["groups"]}
    countries |= {"": KINDS[lang][""]}
    body += _share(told["countries"], "country", countries, lang)
    return _section(lang, "voices", body + f'<p class="soft small">{word(lang, "few_groups")}</p>')


def _share(told: Told, title: str, names: Mapping[str, str], lang: str) -> str:
    rows = [(escape(names.get(one["name"], one["name"])), one) for one in told["groups"]]
    rows += [(word(lang, "others"), told["others"])] if told["others"] else []
    if not rows:
        return ""
    of_all = f"{word(lang, 'heard_n')} / {word(lang, 'came_n')}"
    head = f'<th scope="col">{word(lang, title)}</th><td></td><th scope="col" class="n">{of_all}</th>'
    body = "".join(
        f'<tr><th scope="row">{name}</th><td class="bars">{bar(one["heard"], one["came"])}</td>'
        f'<td class="n">{one["heard"]} / {one["came"]}</td></tr>'
        for name, one in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _feedback(report: Told, lang: str) -> str:
    told = report["feedback"]["told"]
    if told is None:
        return _section(lang, "feedback", f'<p class="soft">{word(lang, "feedback_none")}</p>')
    body = f"<p>{word(lang, 'feedback_of', n=told['people'])}</p>"
    for name, answers in ANSWERS.items():
        counts = told["answers"][name]
        rows = "".join(_answer(word(lang, f"{name}.{one}"), counts[one], counts) for one in answers)
        body += f"<h3>{word(lang, name)}</h3><table>{rows}</table>"
    # what people wrote there may name somebody
    wrote = "".join(f"<li>{said(line)}</li>" for line in told["lines"]) if report["named"] else ""
    return _section(lang, "feedback", body + (f'<ul class="lines">{wrote}</ul>' if wrote else ""))


def _answer(answer: str, count: int, counts: Mapping[str, int]) -> str:
    whole = sum(counts.values())
    return (
        f'<tr><th scope="row">{answer}</th><td class="bars">{bar(count, whole)}</td>'
        f'<td class="n">{count} · {share(count, whole)}</td></tr>'
    )


def _foot(told: Told, lang: str, zone: tzinfo) -> str:
    at = told["written_at"]
    written = word(lang, "written_at", day=day(at, zone, lang), time=clock(at, zone), zone=escape(str(zone)))
    return f"<footer>{word(lang, 'with_names' if told['named'] else 'no_names')} {written}</footer>"


def _section(lang: str, title: str, body: str) -> str:
    return f"<section><h2>{word(lang, title)}</h2>{body}</section>"

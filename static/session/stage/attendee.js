/** The spotlight: whose question is live, on every page, and who was asked in the last five minutes. */

import { t } from "../../app/i18n.js";
import { announce, html, nothing, render } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { fromWhere, headline, named, spokenName } from "../../parts/card.js";
import { personLink } from "../../parts/text.js";
import { spotlightCard } from "./spotlight.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */

const JUST_ASKED_MS = 5 * 60_000;

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = document.createElement("div");
  const rail = document.createElement("div");
  /** @type {string|null} */
  let shown = null;
  /** @type {any} */
  let timer = null;

  /** One card, placed where there is room for it: in the picture, below it, or atop the panel; the rail after it. */
  function place() {
    const side = room.place(room.isNarrow() ? "head" : "below");
    if (rail.parentElement !== side) side.append(rail);
    const session = store.get("session", room.identity.session);
    const inPicture = session?.state === "open" && session.video_kind === "none";
    const wanted = (inPicture && document.getElementById("place-spot")) || side;
    if (root.parentElement !== wanted) wanted.prepend(root);
  }

  /** @param {Item|undefined} live */
  function tell(live) {
    if ((live?.id ?? null) === shown) return;
    shown = live?.id ?? null;
    if (live) announce(t("spotlight.announce", { name: spokenName(headline(live.asker), live.asker), text: live.text }));
  }

  function justAsked() {
    const now = serverNow();
    const entries = (store.get("stage", "now")?.just_asked ?? []).filter(
      (/** @type {{at: number}} */ entry) => entry.at > now - JUST_ASKED_MS,
    );
    clearTimeout(timer);
    if (entries.length) timer = setTimeout(draw, Math.max(1000, entries[0].at + JUST_ASKED_MS - now));
    const questions = entries.map((/** @type {{question: string}} */ entry) => store.get("question", entry.question));
    return onceEach(
      questions
        .filter((/** @type {Item|undefined} */ question) => question?.asker.name || question?.asker.organisation)
        .reverse(),
    );
  }

  function draw() {
    const closed = store.get("session", room.identity.session)?.state === "closed";
    const live = closed ? undefined : store.get("question", store.get("stage", "now")?.live);
    const asked = justAsked();
    place();
    tell(live);
    render(live ? drawLive(live, room.tap) : nothing, root);
    // on a phone the moment itself has the room
    const giveWay =
      room.isNarrow() &&
      (live || store.all("question").some((question) => question.mine && question.state === "on_deck"));
    render(asked.length && !giveWay ? drawAsked(asked, room) : nothing, rail);
  }

  return { of: ["session", "stage", "question"], update: draw };
}

/** Somebody who asked twice is found once. @param {Item[]} questions */
function onceEach(questions) {
  const who = (/** @type {Item} */ { asker }) => asker.id ?? headline(asker);
  return [...new Map(questions.toReversed().map((question) => [who(question), question])).values()].reverse();
}

/** @param {Item} question @param {Room["tap"]} tap */
function drawLive(question, tap) {
  return html`<article class="card is-live spotlight" aria-label=${t("spotlight.title")}>
    <p class="spot-eyebrow">
      <span class="pulse" aria-hidden="true"></span>${t(question.mine ? "spotlight.yours" : "spotlight.title")} ${tap?.(question)}
    </p>
    ${spotlightCard(question.mine ? shownToOthers(question) : question.asker, question.text)}
  </article>`;
}

/** The asker gets their full card from the server; on screen they see what everybody sees. @param {Item} question */
function shownToOthers({ shown, asker }) {
  if (shown === "named") return asker;
  return shown === "organisation" ? { organisation: asker.organisation, kind: asker.kind, country: asker.country } : {};
}

/**
 * Where it is narrow it scrolls in one line, so it must be reachable by keyboard.
 * @param {Item[]} questions
 * @param {Room} room
 */
function drawAsked(questions, { tap, isNarrow }) {
  return html`<section class="asked" aria-label=${t("spotlight.asked")} tabindex=${isNarrow() ? 0 : nothing}>
    <h2 class="asked-title">${t("spotlight.asked")}</h2>
    <ul class="asked-list">
      ${questions.map((question) => {
        const asker = question.mine ? shownToOthers(question) : question.asker;
        return html`<li class="asked-one">
          ${named(asker)} ${tap?.(question, true)}
          <span class="soft">${asker.name ? fromWhere(asker) : nothing}</span> ${personLink(asker.link)}
        </li>`;
      })}
    </ul>
  </section>`;
}

/** The speaker's page: large enough to be read from where one stands. */

import { t } from "../../app/i18n.js";
import { announce, html, nothing, render } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { clock } from "../../app/lib/time.js";
import { beforeFirst } from "../../parts/linked.js";
import { icon } from "../../parts/icon.js";
import { said, words } from "../../parts/text.js";
import { fromWhere, opening } from "../../parts/card.js";
import { contrast } from "../../vendor/icons.js";
import { nameOf } from "./name.js";
import { MINUTE, placeOf, runOf } from "./reckoning.js";

/** @typedef {import("../../app/store.js").Store} Store */

const SOON_MS = 2 * MINUTE;

/** @param {{store: Store, place: (name: string) => HTMLElement, session: string, turn: () => void}} page */
export function create({ store, place, session, turn }) {
  const root = place("page");
  let told = 0;

  /** Who listens to the page is told a new line at once. */
  function tell() {
    const cue = store.get("cue", "now");
    if (cue && cue.at > told) announce(cueWords(cue));
    told = cue?.at ?? told;
  }

  return {
    update() {
      tell();
      render(draw(store, session, turn), root);
    },
  };
}

/** @param {Store} store @param {string} session @param {() => void} turn */
function draw(store, session, turn) {
  const now = serverNow();
  const at = placeOf(store, now);
  return html`<header class="speaker-top">
      <h1>${said(store.get("session", session)?.title ?? "")}</h1>
      ${store.position && store.link.state === "live" ? nothing : html`<span role="status">${beforeFirst(store.connection)}</span>`}
      <button type="button" class="icon-button" aria-label=${t("run.speaker.theme")} title=${t("run.speaker.theme")} @click=${turn}>${icon(contrast)}</button>
    </header>
    ${drawCue(store)} ${drawQuestion(store)} ${at ? drawTimes(at) : drawNone(store)}`;
}

/** @param {Store} store */
function drawCue(store) {
  const cue = store.get("cue", "now");
  return html`<section class="speaker-cue" aria-label=${t("run.speaker.cue")}>${cue ? html`<p>${said(cueWords(cue))}</p>` : nothing}</section>`;
}

/** @param {any} cue */
const cueWords = ({ ready, text }) => [ready && t(`run.cue.${ready}`), text].filter(Boolean).join(" · ");

/** @param {Store} store */
function drawQuestion(store) {
  const live = store.get("stage", "now")?.live;
  const question = live ? store.get("question", live) : undefined;
  if (!question) return html`<section class="speaker-question is-empty"><p>${t("run.speaker.wait")}</p></section>`;
  const { asker, text } = question;
  return html`<section class="speaker-question">
    <p class="speaker-who">${opening(asker)} <span>${fromWhere({ country: asker.country, organisation: asker.name && asker.organisation }, "")}</span></p>
    <blockquote>${words(text)}</blockquote>
  </section>`;
}

/** @param {NonNullable<ReturnType<typeof placeOf>>} at */
function drawTimes({ current, next, left, hour }) {
  const look = left < 0 ? "is-over" : left <= SOON_MS ? "is-soon" : "";
  return html`<section class="speaker-times" aria-label=${t("run.strip")}>
    <p class="speaker-left ${look}">
      <strong>${left < 0 ? `+${clock(-left)}` : clock(left)}</strong>
      <span>${said(nameOf(current))}</span>
    </p>
    <p class="speaker-hour"><strong>${hour < 0 ? `+${clock(-hour)}` : clock(hour)}</strong> <span>${t("run.left.hour")}</span></p>
    ${next ? html`<p class="speaker-next"><span>${t("run.then")}</span> <strong>${said(nameOf(next))}</strong></p>` : nothing}
  </section>`;
}

/** @param {Store} store */
const drawNone = (store) =>
  html`<section class="speaker-times"><p>${t(runOf(store)?.ended_at ? "run.speaker.ended" : "run.speaker.not_begun")}</p></section>`;

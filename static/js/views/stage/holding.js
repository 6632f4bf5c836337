/**
 * When nobody is live: what this is, when it starts, and that questions are welcome.
 *
 * @typedef {import("./records.js").Session} Session
 */

import { html, nothing } from "../../lib/dom.js";
import { clock } from "../../lib/time.js";
import { timeEverywhere, t } from "../../i18n.js";

/** @param {Session} session @param {number} now */
export function drawHolding(session, now) {
  return html`<h1 class="holding-title" data-fit>${session.title}</h1>
    ${session.state === "waiting" ? drawWaiting(session, now) : nothing}
    <p class="holding-hint">${t(`stage.hint.${session.state}`)}</p>`;
}

/** @param {Session} session @param {number} now */
function drawWaiting({ starts_at }, now) {
  if (!starts_at) return html`<p class="holding-time">${t("stage.soon")}</p>`;
  if (starts_at <= now) return html`<p class="holding-time">${t("stage.any_moment")}</p>`;
  return html`<p class="holding-time">${t("stage.starts_in", { time: timeEverywhere(starts_at) })}</p>
    <p class="holding-clock">${clock(starts_at - now)}</p>`;
}

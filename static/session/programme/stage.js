/**
 * When nobody is live: what this is, when it starts, and that questions are welcome.
 *
 * @typedef {import("../records.js").Session} Session
 */

import { html, nothing } from "../../app/lib/dom.js";
import { clock } from "../../app/lib/time.js";
import { t } from "../../app/i18n.js";
import { timeEverywhere } from "../stage/zones.js";

/** @param {Session} session @param {number} now @param {string} zone whose time is told */
export function drawHolding(session, now, zone) {
  return html`<h1 class="holding-title" dir="auto" data-fit>${session.title}</h1>
    ${session.state === "waiting" ? drawWaiting(session, now, zone) : nothing}
    <p class="holding-hint">${t(`stage.hint.${session.state}`)}</p>`;
}

/** @param {Session} session @param {number} now @param {string} zone */
function drawWaiting({ starts_at }, now, zone) {
  if (!starts_at) return html`<p class="holding-time">${t("stage.soon")}</p>`;
  if (starts_at <= now) return html`<p class="holding-time">${t("stage.any_moment")}</p>`;
  return html`<p class="holding-time">${t("stage.starts_in", { time: timeEverywhere(starts_at, zone) })}</p>
    <p class="holding-clock">${clock(starts_at - now)}</p>`;
}

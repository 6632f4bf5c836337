/**
 * Asking somebody to be quiet for some minutes, in the dialog about them; and ending it before its time.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Timeout} Timeout
 */

import { LIMITS } from "../../app/limits.js";
import { html } from "../../app/lib/dom.js";
import { formatTime, t } from "../../app/i18n.js";
import { serverNow } from "../../app/lib/now.js";
import { actButton } from "../../parts/act.js";

const MINUTES = [1, 5, 15, 60];

/** As long as it lasts. @param {Host} host @param {string} id */
export function quietOf(host, id) {
  const timeout = /** @type {Timeout|undefined} */ (host.store.get("timeout", id));
  return timeout && timeout.until > serverNow() ? timeout : undefined;
}

/** @param {Host} host @param {string} id @param {string} name @param {() => void} done */
export function drawQuiet(host, id, name, done) {
  const timeout = quietOf(host, id);
  const end = () => void host.acts.do("end_timeout", { person: id }, () => t("host.did.end_timeout", { name }));
  return html`<section class="settings-stage">
    <h3>${t("host.quiet.title")}</h3>
    ${timeout
      ? html`<p class="facts">${t("host.quiet.now", { name, time: formatTime(timeout.until) })}</p>
          <div class="acts">${actButton("end_timeout", t("host.act.end_timeout"), end, { key: false })}</div>`
      : drawForm(host, id, name, done)}
  </section>`;
}

/** @param {Host} host @param {string} id @param {string} name @param {() => void} done */
function drawForm(host, id, name, done) {
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const args = { person: id, minutes: Number(given.get("minutes")), reason: String(given.get("reason") ?? "").trim() };
    if (await host.acts.do("time_out", args, () => t("host.did.time_out", { name }))) done();
  };
  return html`<form class="settings" @submit=${submit}>
    <p class="facts">${t("host.quiet.what", { name })}</p>
    <div class="pair">
      <label>
        ${t("host.quiet.minutes")}
        <select name="minutes">
          ${MINUTES.map((n) => html`<option value=${n} ?selected=${n === 5}>${t("host.quiet.n", { n })}</option>`)}
        </select>
      </label>
      <label>${t("host.quiet.reason")}<input name="reason" maxlength=${LIMITS.time_out.reason.maxLength} autocomplete="off" /></label>
    </div>
    <div class="acts"><button class="button is-small" data-act="time_out">${t("host.act.time_out")}</button></div>
  </form>`;
}

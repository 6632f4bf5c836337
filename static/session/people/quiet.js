/**
 * Asking somebody to be quiet for some minutes, in the dialog about them; and ending it before its time.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Timeout} Timeout
 */

import { LIMITS } from "../../app/limits.js";
import { find, html } from "../../app/lib/dom.js";
import { draftOf } from "../../app/lib/drafts.js";
import { formatTime, t } from "../../app/i18n.js";
import { serverNow } from "../../app/lib/now.js";
import { actButton } from "../../parts/act.js";
import { keepForm } from "../../parts/keep_form.js";

const MINUTES = [1, 5, 15, 60];

/** As long as it lasts. @param {Host} host @param {string} id */
export function quietOf(host, id) {
  const timeout = /** @type {Timeout|undefined} */ (host.store.get("timeout", id));
  return timeout && timeout.until > serverNow() ? timeout : undefined;
}

/** Why, as far as it was written. @param {Host} host @param {string} id */
const kept = (host, id) => draftOf(host, `quiet/${id}`);

/** Its form, if there is one, is as it was left. @param {Host} host @param {string} id */
export function keepQuiet(host, id) {
  const form = /** @type {HTMLFormElement|null} */ (find("#ends [data-form=quiet]"));
  form?.reset();
  if (form) keepForm(form, kept(host, id));
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
    if (!(await host.acts.do("time_out", args, () => t("host.did.time_out", { name })))) return;
    kept(host, id).set(null);
    done();
  };
  return html`<form class="settings" data-form="quiet" @submit=${submit}>
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

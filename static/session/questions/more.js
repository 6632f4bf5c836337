/**
 * What a host may do beside the usual with a question that waits: say that they see to it, put it under another that
 * asks the same.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Question} Question
 */

import { html, nothing } from "../../app/lib/dom.js";
import { isolated, t } from "../../app/i18n.js";
import { actButton } from "../../parts/act.js";
import { headline } from "../../parts/card.js";
import { likest } from "./likest.js";

const SHOWN_MAX = 70;
/** @param {Question} question @param {Host} host */
export function drawTakeOn(question, host) {
  const taken = host.store.get("taken_on", question.id);
  const act = taken ? "let_be" : "take_on";
  const run = () => void host.acts.do(act, { question: question.id }, () => t(`host.did.${act}`, { name: headline(question.asker) }));
  return actButton(act, t(`host.act.${act}`), run, { key: false, look: "is-quiet" });
}

/** @param {Question} question @param {Host} host */
export function drawMerge(question, host) {
  const others = likest(question, /** @type {readonly Question[]} */ (host.store.all("question")));
  if (!others.length) return nothing;
  const merge = (/** @type {Event} */ event) => {
    const form = /** @type {HTMLElement} */ (event.currentTarget).closest("form");
    const into = /** @type {HTMLSelectElement} */ (form?.elements.namedItem("into")).value;
    void host.acts.do("merge", { question: question.id, into }, () => t("host.did.merge", { name: headline(question.asker) }));
    host.ui.set({ more: null });
  };
  return html`<label>
      ${t("host.merge")}
      <select name="into">
        ${others.map((one) => html`<option value=${one.id}>${isolated(shortened(one.text))}</option>`)}
      </select>
    </label>
    <div class="acts">
      <button type="button" class="button is-small" data-act="merge" @click=${merge}>${t("host.act.merge")}</button>
    </div>`;
}

/** @param {string} text */
const shortened = (text) => (text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text);

/** Who is on it, and who asks it, too. @param {import("../records.js").Taken_on|undefined} taken @param {import("../records.js").Together|undefined} together */
export const drawBeside = (taken, together) =>
  html`${taken ? html`<span class="badge">${t("host.taken_on", { name: taken.name })}</span>` : nothing}
  ${together ? html`<span class="badge">${t("host.together", { names: together.askers.map((asker) => isolated(headline(asker))).join(", ") })}</span>` : nothing}`;

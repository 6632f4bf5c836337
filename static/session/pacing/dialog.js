/**
 * How fast the chat goes and what is looked at first: each is turned while the hour runs, and holds at once.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Pacing} Pacing
 */

import { LIMITS } from "../../app/limits.js";
import { draftOf } from "../../app/lib/drafts.js";
import { html } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { createDialog } from "../../parts/dialog.js";
import { sessionOf } from "../programme/session.js";

/** Seconds to choose from. */
const SLOW = [0, 5, 10, 30, 60, 120];
const DELAY = [0, 3, 5, 10, 30];

/** @param {Host} host @returns {Pick<Pacing, "slow"|"delay"|"reviewed"|"words">} */
const pacingOf = (host) => /** @type {any} */ (host.store.get("pacing", "now") ?? { slow: 0, delay: 0, reviewed: false, words: [] });

/** @param {Host} host */
export function createPacing(host) {
  const dialog = createDialog("pacing");
  const kept = draftOf(host, "pacing");

  /** @param {Record<string, unknown>} args */
  const set = (args) => void host.acts.do("set_pacing", args, () => t("host.did.set_pacing"));

  /** @param {SubmitEvent} event */
  async function saveWords(event) {
    event.preventDefault();
    const field = /** @type {HTMLTextAreaElement} */ (/** @type {HTMLFormElement} */ (event.target).elements.namedItem("words"));
    const words = field.value.split("\n").map((word) => word.trim()).filter(Boolean);
    if (!(await host.acts.do("set_pacing", { words }, () => t("host.did.set_pacing")))) return;
    kept.set(null);
    draw();
  }

  function draw() {
    if (!dialog.isOpen()) return;
    const { slow, delay, reviewed, words = [] } = pacingOf(host);
    const premoderated = Boolean(sessionOf(host)?.premoderated);
    const turned = () => t(`host.did.premoderated_${premoderated ? "off" : "on"}`);
    dialog.draw(
      t("host.pacing"),
      html`<div class="settings">
        ${drawSeconds("slow", SLOW, slow, (seconds) => set({ slow: seconds }))}
        ${drawSeconds("delay", DELAY, delay, (seconds) => set({ delay: seconds }))}
        ${drawCheck("reviewed", reviewed, () => set({ reviewed: !reviewed }))}
        ${drawCheck("premoderated", premoderated, () => void host.acts.do("change_session", { premoderated: !premoderated }, turned))}
        <form class="settings-stage" @submit=${saveWords}>
          <label>
            ${t("host.pacing.words")}
            <textarea
              name="words"
              rows="4"
              maxlength=${LIMITS.set_pacing.words.maxItems * (LIMITS.set_pacing.words.items.maxLength + 1)}
              .value=${kept.get() ?? words.join("\n")}
              @input=${(/** @type {Event} */ event) => kept.set(/** @type {HTMLTextAreaElement} */ (event.target).value)}
            ></textarea>
          </label>
          <p class="facts">${t("host.pacing.words.what")}</p>
          <div class="acts"><button class="button is-small is-primary">${t("host.pacing.words.save")}</button></div>
        </form>
      </div>`,
    );
  }

  return { draw, open: () => (dialog.open(), draw()) };
}

/** @param {"slow"|"delay"} name @param {number[]} choices @param {number} now @param {(seconds: number) => void} choose */
function drawSeconds(name, choices, now, choose) {
  const all = choices.includes(now) ? choices : [...choices, now].sort((a, b) => a - b);
  const change = (/** @type {Event} */ event) => choose(Number(/** @type {HTMLSelectElement} */ (event.target).value));
  return html`<label>
    ${t(`host.pacing.${name}`)}
    <select name=${name} .value=${String(now)} @change=${change}>
      ${all.map((n) => html`<option value=${n} .selected=${n === now}>${n ? t("host.pacing.seconds", { n }) : t("host.pacing.off")}</option>`)}
    </select>
    <span class="facts">${t(`host.pacing.${name}.what`)}</span>
  </label>`;
}

/** @param {"reviewed"|"premoderated"} name @param {boolean} on @param {() => void} turn */
const drawCheck = (name, on, turn) =>
  html`<label class="check"><input type="checkbox" .checked=${on} @change=${turn} /> ${t(`host.pacing.${name}`)}</label>`;

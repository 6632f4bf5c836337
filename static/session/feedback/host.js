/**
 * What people thought of the hour, once it is over: totals as they are told, in steps that show nobody; their
 * lines in a dialog.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Totals} Totals
 * @typedef {NonNullable<Totals["told"]>} Told
 */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { said } from "../../parts/text.js";

/** As many are told at once, at least. */
const TOLD_FROM = 5;

/** Nothing before somebody gave theirs. @param {Host} host */
export function drawFeedback({ store }) {
  const totals = /** @type {Totals|undefined} */ (store.get("totals", "now"));
  if (!totals?.given) return nothing;
  const { given, told } = totals;
  return html`<div class="feedback-totals">
    <p class="row">
      <strong>${t("host.feedback", { n: given })}</strong>
      ${told?.people === given ? nothing : html`<span class="soft">${told ? t("host.feedback.told", { n: told.people }) : t("host.feedback.from", { n: TOLD_FROM })}</span>`}
      ${told?.lines.length ? drawOpen(told) : nothing}
    </p>
    ${told ? drawTold(told) : nothing}
  </div>`;
}

/** @param {Told} told */
function drawOpen({ lines }) {
  const open = () => {
    const dialog = createDialog("feedback-lines");
    dialog.draw(t("host.feedback.lines", { n: lines.length }), html`<ul class="feedback-lines">${lines.map((line) => html`<li>${said(line)}</li>`)}</ul>`);
    dialog.open();
  };
  return html`<button type="button" class="button is-small is-quiet" aria-haspopup="dialog" @click=${open}>
    ${t("host.feedback.lines", { n: lines.length })}
  </button>`;
}

/** @param {Told} told */
function drawTold({ answers }) {
  return html`<div class="feedback-questions">
    ${Object.entries(answers).map(
      ([name, counts]) =>
        html`<section>
          <h3>${t(`feedback.${name}`)}</h3>
          <ul>
            ${Object.entries(counts).map(([answer, n]) => html`<li><b>${n}</b> ${t(`feedback.${name}.${answer}`)}</li>`)}
          </ul>
        </section>`,
    )}
  </div>`;
}

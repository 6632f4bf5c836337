/**
 * The score of the week: numbers of which none tells of fewer than five people, each with what it says behind it.
 *
 * @typedef {"contacts"|"meetings"|"messages"|"voices"|"first"|"greeted"} Sum
 * @typedef {Record<Sum, number|null> & {began: Record<string, number|null>}} Score  null: of fewer than five people
 */

import { formatNumber, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";

/** @type {Sum[]} */
const SUMS = ["contacts", "meetings", "messages", "voices", "first", "greeted"];
const NEARLY_ALL = 100;

/** @param {Score} score @param {"h2"|"h3"} head */
export function drawScore(score, head) {
  const began = Object.entries(score.began).filter(([, n]) => n !== null);
  const title = head === "h2" ? html`<h2 id="score-title">${t("score.title")}</h2>` : html`<h3 id="score-title">${t("score.title")}</h3>`;
  return html`<section class="panel score" aria-labelledby="score-title">
    <div class="panel-head">${title}</div>
    <dl class="score-sums">${SUMS.map((name) => drawSum(name, score[name]))}</dl>
    ${began.length ? drawBegan(began) : nothing}
    <details class="score-what" data-score="what">
      <summary>${t("score.what")}</summary>
      <p class="soft">${t("score.few.what")}</p>
      <dl>
        ${[...SUMS, "began"].map((name) => html`<dt tabindex="-1" data-score=${name}>${t(`score.${name}`)}</dt><dd class="soft">${t(`score.${name}.what`)}</dd>`)}
      </dl>
    </details>
  </section>`;
}

/** @param {Sum} name @param {number|null} n */
const drawSum = (name, n) => html`<div>
  <dt>${toWhat(name)}</dt>
  <dd>${n === null ? html`<span class="soft">${t("score.few")}</span>` : html`<strong>${name === "greeted" ? share(n) : formatNumber(n)}</strong>`}</dd>
</div>`;

/** @param {number} n */
const share = (n) => (n === NEARLY_ALL ? t("score.greeted.nearly") : t("score.greeted.least", { n: formatNumber(n / 100, { style: "percent" }) }));

/** Longest first; how far a bar goes is what its number says. @param {[string, number|null][]} began */
function drawBegan(began) {
  const sorted = began.map(([where, n]) => /** @type {[string, number]} */ ([where, n ?? 0])).sort(([, a], [, b]) => b - a);
  const most = sorted[0][1];
  return html`<p class="score-began-title">${toWhat("began")}</p>
    <ul class="score-began">
      ${sorted.map(
        ([where, n]) => html`<li><span>${t(`score.began.${where}`)}</span><meter min="0" max=${most} value=${n} aria-hidden="true"></meter><strong>${formatNumber(n)}</strong></li>`,
      )}
    </ul>`;
}

/** What a number is called, which leads to what it says. @param {string} name */
const toWhat = (name) => html`<button type="button" class="score-name" aria-label=${t("score.says", { what: t(`score.${name}`) })} @click=${(/** @type {Event} */ e) => explain(e, name)}>${t(`score.${name}`)}</button>`;

/** @param {Event} event @param {string} name */
function explain({ currentTarget }, name) {
  const panel = /** @type {HTMLElement} */ (currentTarget).closest(".score");
  const what = /** @type {HTMLDetailsElement} */ (panel?.querySelector("[data-score=what]"));
  what.open = true;
  /** @type {HTMLElement|null} */ (what.querySelector(`dt[data-score=${name}]`))?.focus();
}

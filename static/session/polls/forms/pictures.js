/**
 * Results as pictures, each with a table that says the same to who listens: a distribution, a cloud, a ranking, bars.
 * The stage, the hosts and who attends see the same ones, each in their own colours and sizes (`pictures.css`,
 * `screen_forms.css`).
 *
 * @typedef {import("./tally.js").Column} Column
 * @typedef {import("./tally.js").Word} Word
 * @typedef {import("./tally.js").Place} Place
 */

import { formatNumber, t } from "../../../app/i18n.js";
import { html, nothing } from "../../../app/lib/dom.js";
import { asCloud } from "./tally.js";

/** @param {number} value */
export const decimal = (value) => formatNumber(value, { maximumFractionDigits: 1 });

/** More points or fewer than before. @param {number} points */
export const signed = (points) => (points > 0 ? `+${decimal(points)}` : points < 0 ? `\u2212${decimal(-points)}` : "0");

/** Where a share of a distribution stands, from its start. @param {number} share */
const percent = (share) => `${Math.round(1000 * Math.min(1, Math.max(0, share))) / 10}%`;

/** @param {string} text */
const words = (text) => html`<bdi dir="auto" translate="yes" .textContent=${text}></bdi>`;

/**
 * For who listens; the picture beside it is hidden from them.
 * @param {string} caption @param {string[]} head @param {(string|number)[][]} rows
 */
export function table(caption, head, rows) {
  return html`<div class="unseen">
    <table>
      <caption>${words(caption)}</caption>
      <thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
      <tbody>
        ${rows.map(
          ([first, ...others]) =>
            html`<tr><th scope="row">${words(String(first))}</th>${others.map((one) => html`<td>${typeof one === "number" ? formatNumber(one) : one}</td>`)}</tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/**
 * @param {Column[]} columns
 * @param {{question: string, step: string, marks?: {at: number, text: string}[], low?: string, high?: string, first?: Column[]}} how
 *   `marks`: lines across, from 0 to 1 of the width; `first`: what came of an earlier round, drawn behind
 */
export function distribution(columns, { question, step, marks = [], low = "", high = "", first }) {
  return html`<div class="dist" .style=${`--marks: ${marks.length}`} aria-hidden="true">
      <div class="dist-plot" .style=${`--columns: ${columns.length}`}>
        ${columns.map(
          ({ votes, share, most, mine }, at) => html`<div class="dist-column ${most ? "is-most" : ""} ${mine ? "is-mine" : ""}">
            <span class="dist-votes">${votes ? formatNumber(votes) : ""}</span>
            <span class="dist-bar" .style=${`height: ${percent(share * 0.86)}`}></span>
            ${first ? html`<span class="dist-first" .style=${`bottom: ${percent((first[at]?.share ?? 0) * 0.86)}`}></span>` : nothing}
          </div>`,
        )}
        ${marks.map(({ at, text }, level) => html`<span class="dist-mark" .style=${`inset-inline-start: ${percent(at)}; --level: ${marks.length - 1 - level}; --from: ${percent(at)}`}><span>${text}</span></span>`)}
      </div>
      <div class="dist-steps" .style=${`--columns: ${columns.length}`}>${columns.map(({ label, mine }) => html`<span class=${mine ? "is-mine" : ""}>${label}</span>`)}</div>
      ${low || high ? html`<div class="dist-ends"><span>${words(low)}</span><span>${words(high)}</span></div>` : nothing}
    </div>
    ${table(question, [step, t("forms.table.votes"), t("forms.table.share")], columns.map(({ label, votes, percent: of }) => [label, votes, `${of}%`]))}`;
}

/** @param {Word[]} all @param {string} question */
export function cloud(all, question) {
  if (!all.length) return html`<p class="soft">${t("forms.no_words")}</p>`;
  return html`<p class="cloud" aria-hidden="true" translate="no">
      ${asCloud(all).map(({ text, votes, size }) => html`<span class="cloud-word ${size > 0.99 ? "is-most" : ""}" .style=${`--size: ${Math.round(100 * size) / 100}`} data-votes=${votes}><bdi dir="auto">${text}</bdi></span> `)}
    </p>
    ${table(question, [t("forms.table.word"), t("forms.table.times")], all.map(({ text, votes }) => [text, votes]))}`;
}

/** @param {Place[]} places @param {string} question */
export function ranking(places, question) {
  return html`<ol class="ranks" aria-hidden="true">
      ${places.map(
        ({ place, text, share, score }) => html`<li class="rank ${place === 1 && score > 0 ? "is-most" : ""}">
          <span class="rank-place">${place}</span>
          <span class="rank-text">${words(text)}</span>
          <span class="rank-score">${decimal(score)}</span>
          <span class="rank-track"><span .style=${`width: ${percent(share)}`}></span></span>
        </li>`,
      )}
    </ol>
    ${table(question, [t("forms.table.option"), t("forms.table.place"), t("forms.table.points")], places.map(({ text, place, score }) => [text, place, decimal(score)]))}`;
}

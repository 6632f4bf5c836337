/** What was taken in, and what is: how far it is, and which lines were left out. */

import { formatNumber, formatTime, refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { fieldName } from "./columns.js";

/** @typedef {import("../records.js").Import} Import */

/** @type {Intl.DateTimeFormatOptions} */
const WHEN = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };

/** @param {Import} one */
export const drawRun = ({ file, done, lines }) => html`<section class="card import-run stack" aria-labelledby="import-run">
  <h2 id="import-run">${t("imports.run")} <bdi dir="auto">${file}</bdi></h2>
  <progress max=${lines} .value=${done} aria-labelledby="import-run"></progress>
  <p class="soft">${t("imports.run.so_far", { done, lines })}</p>
</section>`;

/** @param {Import[]} all @param {"post"|"people"} how those in it get their links @param {() => void} go to there */
export const drawPast = (all, how, go) =>
  all.length
    ? html`<section class="import-past" aria-labelledby="import-past">
        <h3 id="import-past">${t("imports.past")}</h3>
        <p class="row">
          <span class="soft">${t("imports.next")}</span>
          <button type="button" class="button is-small" data-act="next" @click=${go}>${t(`imports.next.${how}`)}</button>
        </p>
        <ul>
          ${all.map(drawOne)}
        </ul>
      </section>`
    : nothing;

/** @param {Import} one */
const drawOne = (one) => html`<li>
  <p><bdi dir="auto">${one.file}</bdi> <span class="soft">${formatTime(one.at, WHEN)}</span></p>
  <p class="dots">
    ${counted("added", one.added)} ${counted("changed", one.changed)} ${counted("equal", one.equal)} ${counted("refused", one.refused)}
  </p>
  ${one.strays.length
    ? html`<details>
        <summary>${t("imports.strays")}</summary>
        <ul class="import-strays">
          ${one.strays.map(drawStray)}
        </ul>
        ${one.refused > one.strays.length ? html`<p class="soft">${t("imports.strays.more", { n: one.refused - one.strays.length })}</p>` : nothing}
      </details>`
    : nothing}
  ${one.left_open.length
    ? html`<details>
        <summary>${t("imports.left_open")}</summary>
        <ul class="import-strays">
          ${one.left_open.map(({ number, field, said }) => drawLine(number, leftOpen(field, said)))}
        </ul>
      </details>`
    : nothing}
</li>`;

/** What stood in a field and is not known. @param {string} field @param {string} said */
export const leftOpen = (field, said) => html`${fieldName(field)}: ${t("imports.unknown")} <bdi dir="auto" .textContent=${said}></bdi>`;

/** @param {string} what @param {number} n */
const counted = (what, n) => (n ? html`<span>${t(`imports.did.${what}`, { n })}</span>` : nothing);

/** @param {Import["strays"][number]} stray */
const drawStray = ({ number, code, field }) => drawLine(number, `${field ? `${fieldName(field)}: ` : ""}${refusalText(code)}`);

/** @param {number} number @param {unknown} told */
const drawLine = (number, told) => html`<li>
  <span class="import-number soft">${formatNumber(number)}</span>
  <span>${told}</span>
</li>`;

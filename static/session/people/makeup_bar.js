/**
 * The audience's make-up at a glance: a bar by kind of organisation, and the numbers in words.
 *
 * @typedef {import("./makeup.js").Makeup} Makeup
 */

import { html, nothing } from "../../app/lib/dom.js";
import { countryName, t } from "../../app/i18n.js";
import { flag } from "../../parts/icon.js";
import { topAndRest } from "./makeup.js";

const COUNTRIES_NAMED = 3;

/** @param {string} kind */
export const kindName = (kind) => t(`host.kind.${kind || "none"}`);

/** Where there is little room: a dot in the colour it has in the bar. @param {string} kind */
export const kindMark = (kind) =>
  html`<span class="kind-mark" title=${kindName(kind)}
    ><i class="kind-${kind || "none"}"></i><span class="unseen">${kindName(kind)}</span></span
  >`;

/** @param {Makeup} audience */
export function drawMakeup(audience) {
  if (!audience.here) return nothing;
  return html`<details class="makeup" aria-label=${t("host.makeup")}>
    <summary>
      <strong>${t("host.makeup.here", { n: audience.here })}</strong>
      <span class="makeup-bar" aria-hidden="true">
        ${audience.kinds.map(({ key, count }) => html`<span class="kind-${key}" .style=${`flex-grow:${count}`}></span>`)}
      </span>
      ${audience.firstTime ? html`<span>${t("host.makeup.first", { n: audience.firstTime })}</span>` : nothing}
    </summary>
    <ul class="makeup-kinds">
      ${audience.kinds.map(({ key, count }) => html`<li><i class="kind-${key}"></i>${count} ${kindName(key)}</li>`)}
    </ul>
    ${drawCountries(audience)}
  </details>`;
}

/** @param {Makeup} audience */
function drawCountries({ countries }) {
  if (!countries.length) return nothing;
  const { named, rest } = topAndRest(countries, COUNTRIES_NAMED);
  return html`<ul class="makeup-countries">
    ${named.map(
      ({ key, count }) =>
        html`<li title=${countryName(key)}>${flag(key)} ${key} <b>${count}</b></li>`,
    )}
    ${rest ? html`<li>${t("host.makeup.rest", { n: rest })}</li>` : nothing}
  </ul>`;
}

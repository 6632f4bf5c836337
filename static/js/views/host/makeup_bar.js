/**
 * The audience's make-up at a glance: a bar by kind of organisation, and the numbers in words.
 *
 * @typedef {import("./makeup.js").Makeup} Makeup
 */

import { html, nothing } from "../../lib/dom.js";
import { countryName, t } from "../../i18n.js";
import { flag } from "../stage/places.js";
import { topAndRest } from "./makeup.js";
import { kindName } from "./parts.js";

const COUNTRIES_NAMED = 3;

/** @param {Makeup} audience */
export function drawMakeup(audience) {
  if (!audience.here) return nothing;
  return html`<section class="makeup" aria-label=${t("host.makeup")}>
    <p class="makeup-total">
      <strong>${t("host.makeup.here", { n: audience.here })}</strong>
      ${audience.firstTime ? html`<span class="badge is-new">${t("host.makeup.first", { n: audience.firstTime })}</span>` : nothing}
    </p>
    <div class="makeup-bar" aria-hidden="true">
      ${audience.kinds.map(({ key, count }) => html`<span class="kind-${key}" .style=${`flex-grow:${count}`}></span>`)}
    </div>
    <ul class="makeup-kinds">
      ${audience.kinds.map(({ key, count }) => html`<li><i class="kind-${key}"></i>${count} ${kindName(key)}</li>`)}
    </ul>
    ${drawCountries(audience)}
  </section>`;
}

/** @param {Makeup} audience */
function drawCountries({ countries }) {
  if (!countries.length) return nothing;
  const { named, rest } = topAndRest(countries, COUNTRIES_NAMED);
  return html`<ul class="makeup-countries">
    ${named.map(
      ({ key, count }) =>
        html`<li title=${countryName(key)}><span aria-hidden="true">${flag(key)}</span> ${key} <b>${count}</b></li>`,
    )}
    ${rest ? html`<li>${t("host.makeup.rest", { n: rest })}</li>` : nothing}
  </ul>`;
}

/** Organisation, kind and country of somebody in a list of contacts. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { shortPlace } from "../../parts/card.js";

/** @param {Readonly<Record<string, any>>} card */
export const whoLine = ({ name, organisation, kind, country }) =>
  html`<span class="dots"
    >${name && organisation ? html`<span><bdi dir="auto">${organisation}</bdi></span>` : nothing}${kind ? html`<span>${t(`kind.${kind}`)}</span>` : nothing}${country
      ? html`<span>${shortPlace(country)}</span>`
      : nothing}</span
  >`;

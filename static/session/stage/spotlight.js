/** Who asks, fully in the picture, as attendees see them. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { disc, fromWhere, headline, marks, opening } from "../../parts/card.js";
import { personLink, words } from "../../parts/text.js";

/** @typedef {import("../../parts/card.js").Card} Card */

/**
 * Somebody fully in the picture.
 * @param {Card} asker
 * @param {string} text
 */
export function spotlightCard(asker, text) {
  const kind = asker.kind && asker.kind !== "other" ? t(`kind.${asker.kind}`) : "";
  return html`<div class="spot-who">
      ${asker.name || asker.organisation ? disc({ id: asker.id, name: headline(asker) }) : nothing}
      <div>
        <p class="spot-name">${opening(asker)} ${marks(asker)}</p>
        <p class="spot-from">
          ${fromWhere({ country: asker.country, organisation: asker.name && asker.organisation }, kind)}
        </p>
      </div>
    </div>
    <blockquote class="spot-text">${words(text)}</blockquote>
    ${asker.pitch || asker.link
      ? html`<p class="spot-pitch">
          ${asker.pitch ? html`<bdi dir="auto">${asker.pitch}</bdi> ` : nothing}${personLink(asker.link)}
        </p>`
      : nothing}`;
}

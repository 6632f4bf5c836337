/**
 * A live question on the stage: fully in the picture, as far as its asker chose to be.
 *
 * @typedef {import("./records.js").Question} Question
 * @typedef {import("./records.js").Asker} Asker
 */

import { html, nothing } from "../../lib/dom.js";
import { countryName, t } from "../../i18n.js";
import { flag } from "./places.js";

/** @param {Question} question */
export function drawQuestion({ asker, text, supporters }) {
  return html`<header class="asker">
      <p class="asker-eyebrow">${t("stage.asks")}</p>
      <h1 class="asker-headline" data-fit>${headline(asker)}</h1>
      <p class="asker-facts">
        ${imitation(asker)}
        ${asker.name && asker.organisation ? html`<strong>${asker.organisation}</strong>` : nothing}
        ${
          asker.country
            ? html`<span
                ><span class="flag" aria-hidden="true">${flag(asker.country)}</span>
                ${countryName(asker.country)}</span
              >`
            : nothing
        }
        ${kind(asker) ? html`<span>${kind(asker)}</span>` : nothing}
      </p>
      ${asker.pitch ? html`<p class="asker-pitch">${asker.pitch}</p>` : nothing}
    </header>
    <blockquote class="question-text" data-fit>${oneParagraph(text)}</blockquote>
    ${supporters ? html`<p class="supporters">${t("stage.supporters", { n: supporters })}</p>` : nothing}`;
}

/** @param {{question: Question}} recent */
export function drawRecent({ question: { asker } }) {
  const under = asker.name ? asker.organisation : "";
  return html`<span class="recent-tag">${t("stage.just_asked")}</span>
    <strong>${headline(asker)}</strong> ${imitation(asker)}
    ${under ? html`<span class="recent-organisation">${under}</span>` : nothing}
    <span aria-hidden="true">${flag(asker.country)}</span>`;
}

/** The name, else the organisation, else a participant. @param {Asker} asker */
export const headline = (asker) => asker.name || asker.organisation || t("stage.participant");

/** Called like who leads the session, and somebody else. @param {Asker} asker */
const imitation = ({ imitates }) =>
  imitates ? html`<span class="asker-imitates">${t("imitates")}</span>` : nothing;

/** @param {Asker} asker */
function kind(asker) {
  return asker.kind && asker.kind !== "other" ? t(`kind.${asker.kind}`) : "";
}

/** Line breaks are for reading at leisure; on air they would cost the size of the letters. @param {string} text */
const oneParagraph = (text) => text.replace(/\s*\n\s*/g, " ");

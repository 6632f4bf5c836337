/**
 * A live question on the stage: fully in the picture, as far as its asker chose to be.
 *
 * Its card runs the way the question does. Every piece of people's words is isolated, with a direction of its own.
 *
 * @typedef {import("../records.js").Question} Question
 * @typedef {import("../records.js").Asker} Asker
 */

import { html, nothing } from "../../app/lib/dom.js";
import { countryName, t } from "../../app/i18n.js";
import { flag } from "../../parts/icon.js";
import { headline } from "../../parts/card.js";
import { directionOf } from "./direction.js";

/** @param {Question} question @param {unknown} corner what stands at the end of the first line */
export function drawQuestion({ asker, text, supporters }, corner) {
  return html`<div class="asking" dir=${directionOf(text)}>
    <header class="asker">
      <div class="eyebrow">
        <p class="eyebrow-live"><bdi>${t("stage.asks")}</bdi></p>
        ${corner}
      </div>
      <div class="asker-line">
        <h1 class="asker-headline" data-fit>${words(headline(asker))}</h1>
        <p class="asker-facts">${lead(asker)} ${imitation(asker)} ${facts(asker)}</p>
      </div>
      ${asker.pitch ? html`<p class="asker-pitch">${words(asker.pitch)}</p>` : nothing}
    </header>
    <blockquote class="question-text" dir="auto" data-fit>${oneParagraph(text)}</blockquote>
    ${supporters ? html`<p class="supporters"><bdi>${t("stage.supporters", { n: supporters })}</bdi></p>` : nothing}
  </div>`;
}

/** @param {Asker} asker */
function facts(asker) {
  return html`${asker.name && asker.organisation ? html`<strong>${words(asker.organisation)}</strong>` : nothing}
  ${asker.country ? html`<span class="asker-country">${flag(asker.country)} <bdi>${countryName(asker.country)}</bdi></span>` : nothing}
  ${kind(asker) ? html`<span class="asker-kind"><bdi>${kind(asker)}</bdi></span>` : nothing}`;
}

/** @param {{question: Question}} recent */
export function drawRecent({ question: { asker } }) {
  const under = asker.name ? asker.organisation : "";
  return html`${flag(asker.country)} <strong>${words(headline(asker))}</strong> ${lead(asker)} ${imitation(asker)}
  ${under ? html`<span class="recent-organisation">${words(under)}</span>` : nothing}`;
}

/** @param {string} text */
export const words = (text) => html`<bdi dir="auto">${text}</bdi>`;

/** Called like who leads the session, and somebody else. @param {Asker} asker */
const imitation = ({ imitates }) =>
  imitates ? html`<span class="asker-imitates"><bdi>${t("imitates")}</bdi></span>` : nothing;

/** Who leads or speaks, in a mark that nobody can write. @param {Asker} asker */
const lead = ({ role }) =>
  role === "host" || role === "organiser" || role === "speaker"
    ? html`<span class="asker-leads">${t(role === "speaker" ? "role.speaker" : "role.host")}</span>`
    : nothing;

/** @param {Asker} asker */
function kind(asker) {
  return asker.kind && asker.kind !== "other" ? t(`kind.${asker.kind}`) : "";
}

/** Line breaks are for reading at leisure; on air they would cost the size of the letters. @param {string} text */
const oneParagraph = (text) => text.replace(/\s*\n\s*/g, " ");

/** Small parts that several of the attendee's views are made of. */

import { countryName, t } from "../../i18n.js";
import { html, nothing } from "../../lib/dom.js";
import { imitationBadge } from "../imitation.js";
import { hueOf, initials, pieces, safeHref, shortLink } from "../../lib/words.js";

/** @typedef {{id?: string, name?: string, organisation?: string, kind?: string, country?: string, pitch?: string, link?: string,
 *   imitates?: boolean}} Card */

/** People's words: whatever they are, text and links only. @param {string} text */
export function words(text) {
  return html`<bdi dir="auto"
    >${pieces(text).map((piece) => (piece.href ? webLink(piece.href, piece.text) : piece.text))}</bdi
  >`;
}

/**
 * @param {string} href an address that has been checked
 * @param {string} text
 */
function webLink(href, text) {
  return html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow ugc">${text}</a>`;
}

/** A person's own link. @param {string|undefined} link */
export function personLink(link) {
  const href = safeHref(link);
  return href ? webLink(href, shortLink(href)) : nothing;
}

/** @param {{id?: string, name?: string}} person */
export function disc({ id = "", name = "" }) {
  return html`<span class="disc" aria-hidden="true" .style=${`--hue:${hueOf(id || name)}`}
    >${initials(name || "?")}</span
  >`;
}

/** @param {string} role */
export function roleBadge(role) {
  const shown = role === "organiser" ? "host" : role;
  return shown === "host" || shown === "speaker"
    ? html`<span class="badge is-host">${t(`role.${shown}`)}</span>`
    : nothing;
}

/** Organisation and country, as far as known. @param {Card} card */
export function fromWhere({ organisation, country }) {
  const parts = [organisation, countryName(country ?? "")].filter(Boolean);
  return parts.length ? html`<bdi dir="auto">${parts.join(" · ")}</bdi>` : nothing;
}

/**
 * Who asks, as far as they chose to be shown.
 * @param {Card} asker
 */
export function askerName(asker) {
  return asker.name || asker.organisation || t("asker.anonymous");
}

/**
 * Somebody fully in the picture.
 * @param {Card} asker
 * @param {string} text
 */
export function spotlightCard(asker, text) {
  const under = asker.name ? fromWhere(asker) : fromWhere({ country: asker.country });
  return html`<div class="spot-who">
      ${asker.name || asker.organisation ? disc({ id: asker.id, name: askerName(asker) }) : nothing}
      <div>
        <p class="spot-name"><bdi dir="auto">${askerName(asker)}</bdi> ${imitationBadge(asker)}</p>
        <p class="spot-from">
          ${under}${asker.kind && asker.kind !== "other"
            ? html` <span class="spot-kind">${t(`kind.${asker.kind}`)}</span>`
            : nothing}
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

/**
 * A counter that appears when it starts to matter.
 * @param {number} length
 * @param {number} limit
 */
export function counter(length, limit) {
  const left = limit - length;
  if (left > limit * 0.2) return nothing;
  return html`<span class="counter ${left < 0 ? "is-over" : ""}" role=${left < 0 ? "alert" : nothing}
    >${left < 0 ? t("counter.over", { n: -left }) : t("counter.left", { n: left })}</span
  >`;
}

/** The three ways to be shown, in the order of how much is shown. */
export const SHOWN = ["named", "organisation", "anonymous"];

/**
 * @param {{name: string, value: string, change: (shown: string) => void, brief?: boolean}} options
 *   `brief`: who sees what is said of the chosen one only
 */
export function shownChoice({ name, value, change, brief = false }) {
  const who = (/** @type {string} */ shown) => html`<br /><span class="soft">${t(`shown.${shown}.who`)}</span>`;
  return html`<fieldset class=${brief ? "in-a-row is-brief" : "shown"}>
    <legend>${t("shown.legend")}</legend>
    ${SHOWN.map(
      (shown) =>
        html`<label class="choice">
          <input type="radio" name=${name} .checked=${value === shown} @change=${() => change(shown)} />
          <span
            ><strong>${t(brief ? `shown.${shown}.short` : `shown.${shown}`)}</strong>${brief
              ? nothing
              : who(shown)}</span
          >
        </label>`,
    )}
    ${brief ? html`<p class="soft">${t(`shown.${value}.who`)}</p>` : nothing}
  </fieldset>`;
}

/** Words that would be taken, offered. @param {string|undefined} words @param {() => void} take */
export function suggested(words, take) {
  if (!words) return nothing;
  return html`<button type="button" class="button is-small suggested" @click=${take}>
    <span>${t("refused.take")}</span> <q><bdi dir="auto">${words}</bdi></q>
  </button>`;
}

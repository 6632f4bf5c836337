/** What people write, and what stands beside the fields they write in. */

import { t } from "../app/i18n.js";
import { html, nothing } from "../app/lib/dom.js";
import { pieces, safeHref, shortLink } from "../app/lib/words.js";

/** People's words: whatever they are, text and links only. @param {string} text */
export function words(text) {
  const found = pieces(text);
  if (!found.some(({ href }) => href)) return said(text);
  return html`<bdi dir="auto" translate="yes"
    >${found.map((piece) => (piece.href ? webLink(piece.href, piece.text) : html`<span .textContent=${piece.text}></span>`))}</bdi
  >`;
}

/**
 * Words that a browser may translate, which all of ours keeps it from: it takes their text out and puts another in
 * its place, so they are set whole.
 * @param {string} text
 */
export const said = (text) => html`<bdi dir="auto" translate="yes" .textContent=${text}></bdi>`;

/**
 * @param {string} href an address that has been checked
 * @param {string} text
 */
function webLink(href, text) {
  // from left to right whatever stands in it, so that the site stays in front
  return html`<a href=${href} dir="ltr" target="_blank" rel="noopener noreferrer nofollow ugc" translate="no" .textContent=${text}></a>`;
}

/** A person's own link. @param {string|undefined} link */
export function personLink(link) {
  const href = safeHref(link);
  return href ? webLink(href, shortLink(href)) : nothing;
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

/** Words that would be taken, offered. @param {string|undefined} words @param {() => void} take */
export function suggested(words, take) {
  if (!words) return nothing;
  return html`<button type="button" class="button is-small suggested" @click=${take}>
    <span>${t("refused.take")}</span> <q><bdi dir="auto">${words}</bdi></q>
  </button>`;
}

/** Pictures of one hand: icons as lines in the colour of the words beside them, and flags. Words say it too. */

import { asset } from "../app/asset.js";
import { html, nothing } from "../app/lib/dom.js";
import { flagPath } from "./flags.js";

/** @typedef {import("../vendor/lit-html.js").TemplateResult} Drawing one of `vendor/icons.js` */

/** @param {Drawing} drawing */
export const icon = (drawing) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${drawing}</svg>`;

/** A country's, as far as there is one. @param {string|undefined} code two letters */
export function flag(code) {
  const path = flagPath(code);
  return path ? html`<img class="flag" src=${asset(path)} alt="" width="21" height="14" />` : nothing;
}

/** Pages of what was found: links, so that each may be sent on. */

import { t } from "../../app/i18n.js";
import { find, html, nothing } from "../../app/lib/dom.js";
import { leads } from "../../pages/mission/address.js";
import { icon } from "../../parts/icon.js";
import { chevronLeft, chevronRight } from "../../vendor/icons.js";
import { addressOf } from "./look.js";

/** @typedef {import("./look.js").Look} Look */

/** The address of a look. @param {Look} look */
export function wordsOf(look) {
  const words = addressOf(look);
  words.set("tab", "participants");
  return words;
}

/** @param {import("./participant.js").How} how @param {import("./search.js").Found} found */
export function pager({ room: { address }, look }, found) {
  const last = Math.max(0, Math.ceil(found.total / found.per_page) - 1);
  if (!last && !look.page) return nothing;
  const link = (/** @type {number} */ page, /** @type {string} */ rel, /** @type {unknown} */ inside) => {
    if (page < 0 || page > last) return html`<span class="button is-small" aria-disabled="true">${inside}</span>`;
    const words = wordsOf({ ...look, page });
    const press = (/** @type {MouseEvent} */ event) => (leads(address, words)(event), toTop());
    return html`<a class="button is-small" rel=${rel} href=${address.href(words)} @click=${press}>${inside}</a>`;
  };
  return html`<nav class="dir-pager" aria-label=${t("directory.pages")}>
    ${link(look.page - 1, "prev", html`${icon(chevronLeft)} ${t("directory.previous")}`)}
    <span class="soft">${t("directory.page", { page: look.page + 1, last: Math.max(last, look.page) + 1 })}</span>
    ${link(look.page + 1, "next", html`${t("directory.next_page")} ${icon(chevronRight)}`)}
  </nav>`;
}

const toTop = () => find(".dir-main")?.scrollIntoView({ block: "start" });

/** An organisation's page: what its people say between them, and who they are. */

import { countryName, refusalText, t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { leads } from "../../pages/mission/address.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { building2, chevronLeft } from "../../vendor/icons.js";
import { fetched } from "./fetched.js";
import { keyOf } from "./look.js";
import { drawRow } from "./row.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

/** @param {Room} room @param {HTMLElement} root */
export function organisationPage(room, root) {
  let shown = "";
  /** @type {any} */
  let page = null;
  let problem = "";

  /** @param {string} key */
  async function ask(key) {
    try {
      const found = await fetched(room, `organisations/${encodeURIComponent(key)}`);
      if (key === shown) page = found;
    } catch (why) {
      const { code, text } = /** @type {{code: string, text: string}} */ (why);
      if (key === shown) problem = refusalText(code, text);
    }
    draw();
  }

  function draw() {
    render(shown ? html`<section class="org-page">${back(room)} ${page ? drawPage(room, page) : html`<p class="empty">${problem || t("directory.loading")}</p>`}</section>` : nothing, root);
  }

  return {
    /** @param {string|null} name */
    update(name) {
      const key = keyOf(name ?? "");
      if (key !== shown) {
        [shown, page, problem] = [key, null, ""];
        draw();
      }
      if (key && !page && !problem && room.store.position) void ask(key);
    },
    redraw: draw,
  };
}

/** @param {Room} room */
function back({ address }) {
  const words = new URLSearchParams({ tab: "participants" });
  return html`<p><a class="button is-small is-quiet" href=${address.href(words)} @click=${leads(address, words)}>${icon(chevronLeft)} ${t("org.back")}</a></p>`;
}

/** @param {Room} room @param {any} page */
function drawPage(room, page) {
  const told = [...page.kinds.map((/** @type {string} */ kind) => t(`kind.${kind}`)), ...page.countries.map(countryName)];
  return html`<header class="org-head">
      <span class="org-mark">${icon(building2)}</span>
      <div>
        <h2><bdi dir="auto">${page.name}</bdi></h2>
        <p class="soft dots"><span>${t("org.people", { n: page.people })}</span>${page.here ? html`<span>${t("org.here", { n: page.here })}</span>` : nothing}${told.map((one) => html`<span>${one}</span>`)}</p>
      </div>
    </header>
    ${counted("offers", page)} ${counted("seeks", page)} ${counted("sectors", page)}
    <ul class="dir-cards">${page.cards.map((/** @type {any} */ card) => html`<li class="person-card">${drawRow(room, card)}</li>`)}</ul>
    ${page.people > page.cards.length ? html`<p class="soft">${t("org.more", { n: page.people - page.cards.length })}</p>` : nothing}`;
}

/** @param {string} facet @param {any} page */
function counted(facet, { facets }) {
  const tags = Object.entries(/** @type {Record<string, number>} */ (facets[facet] ?? {}));
  if (!tags.length) return nothing;
  return html`<p class="tag-line"><span class="soft">${t(`card.${facet}`)}</span>
    ${tags.slice(0, 12).map(([tag, n]) => html`<span class="tag">${said(tag)}${n > 1 ? html` <span class="tally">${n}</span>` : nothing}</span>`)}</p>`;
}

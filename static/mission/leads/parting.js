/** To have done with somebody: my side of it removed, or them blocked. Each says what it does, and is asked once more. */

import { isolated, refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { icon } from "../../parts/icon.js";
import { sure } from "../../parts/sure.js";
import { ellipsis } from "../../vendor/icons.js";

/**
 * What it takes of a page; one of a mission leaves what it shows of them by its address.
 * @typedef {Pick<import("../../pages/mission/frame.js").Room, "store"|"toast"> & {address?: import("../../pages/mission/frame.js").Room["address"]}} Page
 */
/** @typedef {"remove"|"block"} What */
/** Somebody, and where there is one, the lead of them. @typedef {{whom: string, name: string, id?: string}} Whom */

/** How the words of each begin; those of a block are said in sessions, too. @type {Record<What, string>} */
const WORDS = { remove: "leads.remove", block: "contacts.block" };

/** @param {Page} room */
export function partingOf(room) {
  const { store } = room;
  const dialog = createDialog("lead-parting");

  /** @param {What} what @param {Whom} lead @param {string} [refused] */
  function draw(what, lead, refused = "") {
    dialog.draw(
      t(`${WORDS[what]}.title`, { name: lead.name }),
      html`<p>${t(`${WORDS[what]}.what`)}</p>
        ${refused ? html`<p class="message-failed" role="alert">${refused}</p>` : nothing}
        ${sure({ label: t("contacts.keep"), run: dialog.close }, { label: t(WORDS[what]), act: `${what}-yes`, run: () => void run(what, lead) })}`,
    );
  }

  /** @param {What} what @param {Whom} lead */
  async function run(what, lead) {
    try {
      if (what === "block") await store.do("block", { person: lead.whom }).done;
      else await store.do("drop_lead", { lead: lead.id }).done;
      dialog.close();
      room.address?.go(room.address.with({ lead: null, card: null }), { replace: true });
      room.toast(t(`${WORDS[what]}.did`));
    } catch (why) {
      const { code, text } = /** @type {{code: string, text: string}} */ (why);
      draw(what, lead, refusalText(code, text));
    }
  }

  const button = (/** @type {What} */ what, /** @type {Whom} */ lead) =>
    html`<button type="button" class="button is-small is-quiet" data-act=${what} @click=${() => (draw(what, lead), dialog.open())}>${t(WORDS[what])}</button>`;
  /** @param {Whom} lead */
  const drawMore = (lead) => dialog.draw(isolated(lead.name), html`<p class="row"><button type="button" class="button is-danger" data-act="block" @click=${() => draw("block", lead)}>${t(WORDS.block)}</button></p>`);
  return {
    /** What there is to do where words have no room. @param {Whom} lead */
    moreButton: (lead) => {
      const label = t("contacts.more", { name: lead.name });
      return html`<button type="button" class="icon-button parting-more" data-act="more" aria-label=${label} title=${label} @click=${() => (drawMore(lead), dialog.open())}>${icon(ellipsis)}</button>`;
    },
    blockButton: (/** @type {Whom} */ whom) => html`<p class="row lead-parting">${button("block", whom)}</p>`,
    buttons: (/** @type {Whom} */ lead) => html`<p class="row lead-parting">${button("remove", lead)} ${button("block", lead)}</p>`,
  };
}

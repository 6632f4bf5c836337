/** To have done with somebody: my side of it removed, or them blocked. Each says what it does, and is asked once more. */

import { refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { sure } from "../../parts/sure.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {"remove"|"block"} What */
/** Somebody, and where there is one, the lead of them. @typedef {{whom: string, name: string, id?: string}} Whom */

/** @param {Room} room */
export function partingOf(room) {
  const { store } = room;
  const dialog = createDialog("lead-parting");

  /** @param {What} what @param {Whom} lead @param {string} [refused] */
  function draw(what, lead, refused = "") {
    dialog.draw(
      t(`leads.${what}.title`, { name: lead.name }),
      html`<p>${t(`leads.${what}.what`)}</p>
        ${refused ? html`<p class="message-failed" role="alert">${refused}</p>` : nothing}
        ${sure({ label: t("leads.keep"), run: dialog.close }, { label: t(`leads.${what}`), act: `${what}-yes`, run: () => void run(what, lead) })}`,
    );
  }

  /** @param {What} what @param {Whom} lead */
  async function run(what, lead) {
    try {
      if (what === "block") await store.do("block", { person: lead.whom }).done;
      else await store.do("drop_lead", { lead: lead.id }).done;
      dialog.close();
      room.address.go(room.address.with({ lead: null, card: null }), { replace: true });
      room.toast(t(`leads.${what}.did`));
    } catch (why) {
      const { code, text } = /** @type {{code: string, text: string}} */ (why);
      draw(what, lead, refusalText(code, text));
    }
  }

  const button = (/** @type {What} */ what, /** @type {Whom} */ lead) =>
    html`<button type="button" class="button is-small is-quiet" data-act=${what} @click=${() => (draw(what, lead), dialog.open())}>${t(`leads.${what}`)}</button>`;
  return {
    blockButton: (/** @type {Whom} */ whom) => html`<p class="row lead-parting">${button("block", whom)}</p>`,
    buttons: (/** @type {Whom} */ lead) => html`<p class="row lead-parting">${button("remove", lead)} ${button("block", lead)}</p>`,
  };
}

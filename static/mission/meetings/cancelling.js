/** To call a meeting off, or to decline one: asked once more, with what the other is told of it. */

import { refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { sure } from "../../parts/sure.js";
import { when } from "./when.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {"cancel"|"withdraw"|"decline"} Act */

const COMMANDS = /** @type {const} */ ({ cancel: "cancel_meeting", withdraw: "cancel_meeting", decline: "decline_meeting" });

/** @param {Room} room */
export function cancelling(room) {
  const dialog = createDialog("meeting-cancel");

  /** @param {Act} act @param {Item} meeting @param {string} [refused] */
  function draw(act, meeting, refused = "") {
    dialog.draw(
      t(`meetings.${act}.title`, { name: meeting.name }),
      html`${meeting.starts_at ? html`<p>${when(room, meeting, meeting.starts_at)}</p>` : nothing}
        <p>${t(`meetings.${act}.what`, { name: meeting.name })}</p>
        ${refused ? html`<p class="message-failed" role="alert">${refused}</p>` : nothing}
        ${sure({ label: t("meetings.keep"), run: dialog.close }, { label: t(`meetings.${act}.yes`), act: `${act}-yes`, run: () => void run(act, meeting) })}`,
    );
  }

  /** @param {Act} act @param {Item} meeting */
  async function run(act, meeting) {
    try {
      await room.store.do(COMMANDS[act], { meeting: meeting.id }).done;
      dialog.close();
      room.toast(t(`meetings.did.${act}`));
    } catch (why) {
      const { code, text } = /** @type {{code: string, text: string}} */ (why);
      draw(act, meeting, refusalText(code, text));
    }
  }

  return (/** @type {Act} */ act) => (/** @type {Item} */ meeting) => (draw(act, meeting), dialog.open());
}

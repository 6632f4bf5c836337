/** Where a contact began, in words and with the way there. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { said } from "../../parts/text.js";
import { minute, minuteOf } from "./when.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {{where: string, at: number, session?: string, question?: string}} Began */

/** A session by its title, where the programme has it. @param {Room} room @param {string|undefined} session */
export const titleOf = (room, session) => slotOf(room, session)?.title ?? "";

/** @param {Room} room @param {string|undefined} session */
const slotOf = ({ store }, session) => store.get("slot", session) ?? store.get("cancelled", session);

/** One line of it: whose question or which place, in which session, at which minute.
 * @param {Room} room @param {Began} began @param {"your_question"|"their_question"|"question"} whose the question was */
export function drawBegan(room, { where, at, session, question }, whose) {
  const [title, inside] = [titleOf(room, session), minuteOf(/** @type {any} */ (slotOf(room, session)), at)];
  const what = question ? whose : where;
  return html`<span class="dots"
    ><span>${t(`contacts.began.${what}`)}</span>${title
      ? html`<span><a href="/session/${encodeURIComponent(session ?? "")}?as=${encodeURIComponent(room.identity.as)}">${said(title)}</a></span>`
      : nothing}${inside ? html`<span>${t("contacts.began.minute", { n: inside })}</span>` : nothing}<span>${minute(at)}</span></span
  >`;
}

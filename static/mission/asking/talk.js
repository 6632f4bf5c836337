/**
 * Asking somebody for contact from their card, wherever on a session's page it was opened: a chat line, the list of
 * people, any name. A reason is chosen already; another one is a press away.
 */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { headline } from "../../parts/card.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { check, handshake } from "../../vendor/icons.js";
import { LIMITS } from "../limits.js";
import { labelOf } from "./asks.js";
import { ready } from "./reasons.js";

/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {import("../../session/people/person_card.js").More} More */

/** Where a name stands, by what is around it; else among the people. */
const PLACES = { chat: "#place-chat, #chat", spotlight: ".spotlight, .asked, #now" };

/** @returns {string} where the name stands that has the focus */
export const placeOf = () =>
  Object.entries(PLACES).find(([, around]) => document.activeElement?.closest(around))?.[0] ?? "people";

/**
 * @param {import("./asks.js").Page & {asks: import("./asks.js").Asks, isThere: () => boolean}} page
 */
export function createTalk({ session, mission, id, asks, isThere }) {
  /** The question by which somebody is in the picture, or was. @param {string} person @returns {Item|undefined} */
  function questionOf(person) {
    const stage = session.get("stage", "now");
    const ids = [stage?.live, ...(stage?.just_asked ?? []).map((/** @type {{question: string}} */ one) => one.question)];
    return ids.map((one) => session.get("question", one)).find((one) => one?.asker.id === person);
  }

  return {
    place: placeOf,

    /** @param {Item} person whose card it is @param {More} more @param {string} where their name was pressed
     * @param {boolean} isFirst  whether nothing else is to be done with somebody before */
    draw(person, more, where, isFirst) {
      if (!isThere() || !person.member || person.id === session.you?.id) return nothing;
      const question = where === "spotlight" ? questionOf(person.id) : undefined;
      const whom = { whom: person.id, ...(question && { moment: { session: id, question: question.id } }) };
      const now = asks.look(whom);
      if (now.what === "blocked") return nothing;
      const title = session.get("session", id)?.title ?? "";
      const reasons = ready(more, { question: question?.text, where, title });
      const isOpen = !now.busy && (now.what === "open" || now.what === "over");

      /** @param {SubmitEvent} event */
      const send = (event) => {
        event.preventDefault();
        const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
        const reason = String(given.get("own") || given.get("reason") || reasons[0]).trim();
        asks.press(whom, { where, reason, name: headline(person) });
      };
      return html`<form class="talk" data-what=${now.what} @submit=${send}>
        <button type="submit" class="button ${isOpen && isFirst ? "is-primary" : ""}" data-act="talk" aria-disabled=${now.busy || now.what === "asked" || now.what === "connected" ? "true" : nothing}>
          ${icon(isOpen ? handshake : check)} ${labelOf(now)}
        </button>
        ${isOpen ? drawReasons(reasons) : now.asking?.reason ? html`<q class="soft">${said(now.asking.reason)}</q>` : nothing}
      </form>`;
    },
  };
}

/** @param {string[]} reasons */
function drawReasons(reasons) {
  return html`<p class="soft">${t("asking.what")}</p>
    <fieldset class="talk-reasons">
      <legend class="soft">${t("asking.with")}</legend>
      ${reasons.map(
        (reason, at) =>
          html`<label class="choice"><input type="radio" name="reason" value=${reason} ?checked=${at === 0} /><span>${said(reason)}</span></label>`,
      )}
      <label class="field"><span>${t("asking.own")}</span><input name="own" autocomplete="off" maxlength=${LIMITS.ask_contact.reason.maxLength} /></label>
    </fieldset>`;
}

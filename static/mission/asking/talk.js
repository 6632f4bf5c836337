/**
 * Asking somebody for contact from their card, wherever on a session's page it was opened: a chat line, the list of
 * people, any name. One press asks with the reason that stands there; another reason is a press away.
 */

import { refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { headline } from "../../parts/card.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { check, handshake } from "../../vendor/icons.js";
import { openAsk } from "../contacts/ask.js";
import { partingOf } from "../leads/parting.js";
import { isOpen, isPressed, labelOf, targetOf } from "./asks.js";
import { ready } from "./reasons.js";

/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {import("../../session/people/person_card.js").More} More */

/** Where a name stands, by what is around it; else among the people. */
const PLACES = { chat: "#place-chat, #chat", spotlight: ".spotlight, .asked, #now" };

/** Where the name stands that has the focus. */
const placeOf = () => Object.entries(PLACES).find(([, around]) => document.activeElement?.closest(around))?.[0] ?? "people";

/** @param {import("./asks.js").Page & {asks: import("./asks.js").Asks, isThere: () => boolean}} page */
export function createTalk({ session, mission, id, toast, asks, isThere }) {
  const parting = partingOf({ store: mission, toast });

  /** @param {string} person */
  const unblock = (person) =>
    mission.do("unblock", { person }).done.catch((/** @type {{code: string, text: string}} */ { code, text }) => toast(refusalText(code, text), true));

  /** The question by which somebody is in the picture, or was. @param {string} person @returns {Item|undefined} */
  function questionOf(person) {
    const stage = session.get("stage", "now");
    const ids = [stage?.live, ...(stage?.just_asked ?? []).map((/** @type {{question: string}} */ one) => one.question)];
    return ids.map((one) => session.get("question", one)).find((one) => one?.asker.id === person);
  }

  /**
   * @param {Item} person whose card it is
   * @param {More} more
   * @param {string} where their name was pressed
   * @param {boolean} isFirst whether nothing else is to be done with somebody before
   */
  function draw(person, more, where, isFirst) {
    if (!isThere() || !person.member || person.id === session.you?.id) return nothing;
    const question = where === "spotlight" ? questionOf(person.id) : undefined;
    const whom = { whom: person.id, ...(question && { moment: { session: id, question: question.id } }) };
    const now = asks.look(whom);
    const name = headline(person);
    if (now.what === "blocked") {
      return html`<section class="talk" data-what="blocked" aria-label=${t("contacts.is_blocked")}>
        <p>${t("contacts.is_blocked")}</p>
        <p class="row"><button type="button" class="button is-small" data-act="unblock" @click=${() => void unblock(person.id)}>${t("contacts.unblock")}</button></p>
      </section>`;
    }
    const title = session.get("session", id)?.title ?? "";
    const reasons = ready({ organisation: person.organisation, reasons: more.reasons }, { question: question?.text, where, title });
    const wants = now.what === "wants";
    const reason = now.item?.reason ?? reasons[0];
    const press = () => asks.press(whom, { where, reason: reasons[0], name });
    const another = () => void openAsk({ store: mission, target: /** @type {any} */ (targetOf(whom, where, id)), card: person, reasons });
    return html`<section class="talk" data-what=${now.what} aria-label=${t("asking.ask")}>
      ${wants ? html`<p>${t("contacts.wants", { name })}</p>` : nothing}
      <div class="row">
        <button type="button" class="button ${isOpen(now) && isFirst ? "is-primary" : ""}" data-act="talk" aria-disabled=${isPressed(now) ? nothing : "true"} @click=${press}>
          ${icon(isOpen(now) ? handshake : check)} ${labelOf(now)}
        </button>
        ${isOpen(now) && !wants ? html`<button type="button" class="button is-quiet" data-act="another" @click=${another}>${t("asking.another")}</button>` : nothing}
      </div>
      ${reason && now.what !== "connected" ? html`<q class="soft">${said(reason)}</q>` : nothing}
      ${isOpen(now) ? html`<p class="soft">${t("asking.what")}</p>` : nothing}
    </section>
      ${parting.blockButton({ whom: person.id, name })}`;
  }

  return { place: placeOf, draw };
}

/**
 * Contacts on a session's page: whoever takes part in its mission follows that beside the hour, asks for contact where
 * they see somebody, and is told after their moment who asked them. It comes once the page can be used.
 *
 * @typedef {import("../../app/store.js").Store} Store
 * @typedef {import("../../app/store.js").Item} Item
 * @typedef {ReturnType<typeof contactsOf>} Contacts
 * @typedef {import("../../pages/attendee/frame.js").Room} Room
 */

import { besideStore } from "../../app/beside.js";
import { has, loadRare, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { headline } from "../../parts/card.js";
import { dress } from "../../parts/dress.js";
import { icon } from "../../parts/icon.js";
import { check, handshake } from "../../vendor/icons.js";
import { createArrived } from "./arrived.js";
import { leaveOut } from "../contacts/blocked.js";
import { createAsks, isPressed, labelOf } from "./asks.js";
import { ofQuestion } from "./reasons.js";
import { createTalk } from "./talk.js";

/** A word that is there once the words of contacts are, in the language that is read. */
const READY = "asking.ask";
/** Nobody needs them before. */
const SHEETS = ["mission/contacts/shared.css", "mission/contacts/participant.css", "mission/asking/session.css"];

/** On the page of who attends. @param {Room} room */
export function follow(room) {
  const { store, identity } = room;
  const contacts = contactsOf({ session: store, topic: identity.mission ?? "", id: identity.session, toast: room.toast, update: room.update });
  leaveOut(store, contacts.mission);
  room.contacts = contacts;
  room.tap = contacts.tap;
  room.add(createArrived(room, contacts));
}

/**
 * @param {{session: Store, topic: string, id: string, toast: (text: string, refused?: boolean) => void,
 *   update: () => void}} page  `topic`: the mission's id; `id`: the session's
 */
export function contactsOf({ session, topic, id, toast, update }) {
  const mission = besideStore(session.connection, `mission/${topic}`);
  /** Cards that are open. @type {Set<() => void>} */
  const cards = new Set();
  const changed = () => (update(), [...cards].forEach((run) => run()));
  const page = { session, mission, id, toast, update: changed };
  const asks = createAsks(page);
  const words = () => void loadRare("contacts/").then(changed);
  const isThere = () => Boolean(mission.position) && mission.link.state !== "ended" && has(READY);

  /** Of whom no mission knows nobody can be asked. @param {Item} question @returns {import("./standing.js").Whom|null} */
  function whomOf({ id: question, asker, mine }) {
    const moment = { session: id, question };
    if (mine || asker.id === session.you?.id) return null;
    if (asker.id) return session.get("person", asker.id)?.member ? { whom: asker.id, moment } : null;
    return asker.organisation ? { whom: "", moment } : null;
  }

  /** One press, with the question as the reason. @param {Item} question @param {boolean} [small] where there is little room */
  function tap(question, small = false) {
    const whom = isThere() && whomOf(question);
    const now = whom && asks.look(whom);
    if (!now || now.what === "blocked") return nothing;
    const name = headline(question.asker);
    const label = labelOf(now);
    const press = () => asks.press(whom, { where: "spotlight", reason: ofQuestion(question.text), name });
    return html`<span class="talk-tap" data-what=${now.what}
      ><button
        type="button"
        class=${small ? "icon-button" : "button is-small"}
        data-act="talk"
        aria-label=${t("asking.whom", { act: label, name })}
        title=${small ? label : nothing}
        aria-disabled=${isPressed(now) ? nothing : "true"}
        @click=${press}
        >${icon(now.what === "open" || now.what === "wants" ? handshake : check)}${small ? nothing : html` ${label}`}</button
      ></span
    >`;
  }

  void dress(...SHEETS);
  words();
  mission.subscribe(changed);
  const subscribe = (/** @type {() => void} */ run) => (cards.add(run), () => cards.delete(run));
  return { mission, subscribe, tap, words, isThere, talk: createTalk({ ...page, asks, isThere }) };
}

/**
 * Contacts on a session's page: whoever takes part in its mission follows that beside the hour, and asks for contact
 * where they see somebody. It comes once the page can be used.
 *
 * @typedef {import("../../app/store.js").Store} Store
 * @typedef {import("../../app/store.js").Item} Item
 * @typedef {ReturnType<typeof contactsOf>} Contacts  for somebody's card
 * @typedef {import("../../pages/attendee/frame.js").Room} Room
 */

import { asset } from "../../app/asset.js";
import { besideStore } from "../../app/beside.js";
import { has, loadRare, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { headline } from "../../parts/card.js";
import { icon } from "../../parts/icon.js";
import { check, handshake } from "../../vendor/icons.js";
import { createAsks, labelOf } from "./asks.js";
import { createTalk } from "./talk.js";
import { ofQuestion } from "./reasons.js";

/** What is said to be done has words in the language that is read. */
const READY = "asking.ask";

/** On the page of who attends. @param {Room} room */
export function follow(room) {
  const { store, identity } = room;
  const contacts = contactsOf({ session: store, mission: identity.mission ?? "", id: identity.session, toast: room.toast, update: room.update });
  room.contacts = contacts;
  room.tap = contacts.tap;
  const place = document.createElement("div");
  place.id = "place-contacts";
  document.body.append(place);
  room.add([["contacts", () => contacts.view]]);
}

/**
 * @param {{session: Store, mission: string, id: string, toast: (text: string, refused?: boolean) => void,
 *   update: () => void}} page  `mission` and `id`, the session's, as the server calls them
 */
export function contactsOf({ session, mission: topic, id, toast, update }) {
  const mission = besideStore(session.connection, `mission/${topic}`);
  const asks = createAsks({ session, mission, id, toast, update });
  dress();
  mission.subscribe(update);
  const words = () => void loadRare("contacts").then(update);
  words();

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
    if (!whom) return nothing;
    const now = asks.look(whom);
    if (now.what === "blocked") return nothing;
    const name = headline(question.asker);
    const label = labelOf(now);
    const isDone = now.busy || now.what === "asked" || now.what === "connected";
    return html`<span class="talk-tap ${small ? "is-small" : ""}" data-what=${now.what}
      ><button
        type="button"
        class=${small ? "icon-button" : "button is-small"}
        data-act="talk"
        aria-label=${small || now.what === "open" ? (now.what === "open" ? t("asking.ask_who", { name }) : `${label}: ${name}`) : nothing}
        title=${small ? label : nothing}
        aria-disabled=${isDone ? "true" : nothing}
        @click=${() => asks.press(whom, { where: "spotlight", reason: ofQuestion(question.text), name })}
        >${icon(now.what === "open" ? handshake : check)}${small ? nothing : html` ${label}`}</button
      ></span
    >`;
  }

  return {
    mission,
    tap,
    talk: createTalk({ session, mission, id, asks, isThere, toast, update }),
    view: { of: [], update() {}, redraw: words },
  };
}

/** Its own sheet, which nobody needs before. */
function dress() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = asset("mission/asking/session.css");
  document.head.append(sheet);
}

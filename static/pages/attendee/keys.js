/** Keys: `/` to write, `g` and a letter for a tab, `?` for the list of them; and the menu: oneself, settings, leaving. */

import { loadRare, t } from "../../app/i18n.js";
import { html, render } from "../../app/lib/dom.js";
import { disc } from "../../parts/card.js";
import { icon } from "../../parts/icon.js";
import { listenNames } from "../../parts/names.js";
import { settings2 } from "../../vendor/icons.js";

/** @typedef {import("./frame.js").Room} Room */

/** In the order of the list. */
export const KEYS = /** @type {const} */ ([
  ["/", "write"],
  ["g c", "chat"],
  ["g q", "questions"],
  ["g p", "polls"],
  ["g m", "people"],
  ["?", "help"],
]);

/** Nobody presses a key before they have seen the page. */
const LISTENING = () => Promise.all([import("../../parts/keys.js"), import("../../app/lib/key_table.js")]);
/** Without them there are the buttons. */
const ignore = () => {};

/** Each is one stop of Tab, for whoever goes by it. */
const LISTS = ".messages, .own, .others, .people";

/** @param {KeyboardEvent} event */
function tabbed({ key }) {
  if (key !== "Tab") return;
  removeEventListener("keydown", tabbed);
  import("../../parts/roving.js").then(
    ({ roving }) => document.querySelectorAll(LISTS).forEach((list) => roving(/** @type {HTMLElement} */ (list))),
    ignore,
  );
}

/** @param {Room} room */
export function create(room) {
  addEventListener("keydown", tabbed);
  listenNames((id) => card(room, id));
  LISTENING().then(([{ listenKeys }, { readerOf }]) => listenKeys(readerOf(KEYS, { writes: ["write"] }), acts(room)), ignore);
  return {
    of: ["person"],
    update() {
      render(
        html`${iconButton(t("people.edit_me"), disc(room.me() ?? room.identity.you), () => introduce(room))}
          ${iconButton(t("settings.open"), icon(settings2), () => settings(room))}
          <button type="button" class="button is-small is-quiet" @click=${() => leave(room)}>${t("device.leave")}</button>`,
        room.place("menu"),
      );
    },
  };
}

/** @param {string} label @param {unknown} picture @param {() => void} press */
const iconButton = (label, picture, press) =>
  html`<button type="button" class="icon-button" aria-label=${label} title=${label} @click=${press}>${picture}</button>`;

/** @param {Room} room */
const acts = (room) => ({
  write: () => compose(room),
  chat: () => room.open("chat", true),
  questions: () => room.open("questions", true),
  polls: () => room.open("polls", true),
  people: () => room.open("people", true),
  help: () => settings(room),
});

/** @param {Room} room */
function compose(room) {
  room.open("chat");
  document.getElementById("say")?.focus();
}

/** @param {Room} room @param {Promise<(room: Room) => void>} opener what comes a moment later, or not at all */
function opened(room, opener) {
  Promise.all([opener, loadRare()]).then(
    ([open]) => open(room),
    () => room.toast(t("problem.passing.text"), true),
  );
}

/** @param {Room} room */
const settings = (room) => opened(room, import("./settings.js").then(({ openSettings }) => openSettings));

/** Of whom a mission knows, the card says where it is changed. @param {Room} room */
const introduce = (room) =>
  room.identity.mission ? card(room, room.identity.you.id) : opened(room, import("../../session/people/introduce.js").then(({ openIntroduction }) => openIntroduction));

/** @param {Room} room @param {string} id */
const card = (room, id) =>
  opened(
    room,
    import("../../session/people/person_card.js").then(({ openCard }) => () => {
      const { store, identity } = room;
      void openCard({ store, as: identity.as, mission: identity.mission, contacts: room.contacts, edit: () => introduce(room) }, id);
    }),
  );

/** @param {Room} room */
const leave = (room) => opened(room, import("../../session/devices/leaving.js").then(({ openLeaving }) => openLeaving));

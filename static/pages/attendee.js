/**
 * The attendee's page: who am I, the door, then the room until its end.
 *
 * The room's parts are fetched while we are still asking who we are, and the rest once these are there; only
 * what must be there first is imported above.
 */

import { boot, chooseLang, connect, tellEnd } from "../app/boot.js";
import { sayWhose } from "../app/enter.js";
import { loadRare } from "../app/i18n.js";
import { byId } from "../app/lib/dom.js";
import { createFrame } from "./attendee/frame.js";

/** @typedef {import("../app/enter.js").Identity} Identity */
/** @typedef {import("./attendee/frame.js").Room} Room */
/** @typedef {(room: Room) => import("../app/views.js").View} Create */
/** @typedef {Record<string, () => Promise<{create: Create}>>} Parts by the place that says so should one fail */

/** What one looks at first … @type {Parts} */
const FIRST = {
  picture: () => import("../session/programme/attendee.js"),
  chat: () => import("../session/chat/attendee.js"),
  composer: () => import("../session/chat/composer.js"),
  below: () => import("../session/stage/attendee.js"),
  acts: () => import("../session/reactions/attendee.js"),
  menu: () => import("./attendee/keys.js"),
};
/** … and what may come a moment later, in a file of its own. */
const LATER = () => import("./attendee/later.js");

void boot("attendee", { another, run });

/** @param {Identity} identity */
async function run(identity) {
  const who = identity.entered ? identity : await door(identity);
  const first = load(FIRST);
  const store = connect(who);
  const room = createFrame(byId("page"), { store, identity: who, setLang: chooseLang });
  tellEnd(store);
  store.connection.start();
  room.add(await first);
  const { PARTS, PRESSED } = await LATER();
  room.add(await load(PARTS));
  (await PRESSED()).follow(room);
  if (who.mission) (await import("../mission/asking/in_session.js")).follow(room);
}

/** @param {Parts} parts @returns {Promise<[string, Create][]>} */
function load(parts) {
  return Promise.all(Object.entries(parts).map(async ([place, part]) => [place, (await part()).create]));
}

/** @param {string} token of a link that somebody else came in by @param {import("../app/enter.js").Door|null} [door] */
async function another(token, door) {
  const { openDoor } = await import("../session/people/door.js");
  const come = (/** @type {import("../app/enter.js").Profile} */ profile) =>
    sayWhose("attendee", token, { whose: "another", profile });
  return openDoor(byId("page"), { known: {}, door }, chooseLang, come);
}

/** @param {Identity} identity */
async function door(identity) {
  const { throughDoor } = await import("../session/people/door.js");
  const through = throughDoor(byId("page"), identity, chooseLang);
  // a name may be refused
  void loadRare();
  return through;
}

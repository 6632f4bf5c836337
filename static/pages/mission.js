/** The page of a mission's people: who am I, then the week. */

import { boot, chooseLang, connect, tellEnd } from "../app/boot.js";
import { loadRare } from "../app/i18n.js";
import { byId } from "../app/lib/dom.js";
import { askEarly } from "../mission/directory/early.js";
import { createFrame } from "./mission/frame.js";

/** @typedef {import("./mission/frame.js").Create} Create */

/** What one looks at first, by the place where it draws itself. @type {Record<string, () => Promise<{create: Create}>>} */
const FIRST = {
  week: () => import("../mission/programme/participant.js"),
  participants: () => import("../mission/directory/participant.js"),
  menu: () => import("./mission/menu.js"),
};

askEarly(decodeURIComponent(location.pathname.split("/")[2] ?? ""));
void boot("mission", { another, run });

/** @param {import("../app/enter.js").Identity} identity */
async function run(identity) {
  const first = all(FIRST);
  const store = connect(identity);
  const room = createFrame(byId("page"), { store, identity, setLang: chooseLang });
  tellEnd(store);
  store.connection.start();
  room.add(await first);
  const { later } = await import("./mission/next.js");
  const [{ PARTS, TABBED, listenTabs }] = await Promise.all([later(), loadRare()]);
  room.add(PARTS);
  room.add(await all(TABBED));
  listenTabs();
}

/** @param {Record<string, () => Promise<{create: Create}>>} parts */
const all = (parts) =>
  Promise.all(Object.entries(parts).map(async ([place, part]) => /** @type {[string, Create]} */ ([place, (await part()).create])));

/** Somebody else, by a link that is in use, asks for one of their own. @returns {Promise<never>} */
function another() {
  location.assign(`${location.pathname}/join`);
  return new Promise(() => {});
}

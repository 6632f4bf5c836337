/** The organisers' page: who am I, then the mission to set up and to lead. */

import { boot, chooseLang, connect, tellEnd } from "../app/boot.js";
import { byId } from "../app/lib/dom.js";
import { createFrame } from "./organise/frame.js";

/** @typedef {import("./organise/frame.js").Create} Create */

/** What there is to do, by the place where it draws itself. @type {Record<string, Create>} */
const PARTS = {};

const another = () => Promise.reject({ code: "link.leads" });

void boot("organise", { another, run });

/** @param {import("../app/enter.js").Identity} identity */
function run(identity) {
  const store = connect(identity);
  const room = createFrame(byId("page"), { store, identity, setLang: chooseLang, places: Object.keys(PARTS) });
  room.add(Object.entries(PARTS));
  tellEnd(store);
  store.connection.start();
}

/** The organisers' page: who am I, then the mission to set up and to lead. */

import { boot, connect, tellEnd } from "../app/boot.js";
import { byId } from "../app/lib/dom.js";
import { createFrame } from "./organise/frame.js";

const another = () => Promise.reject({ code: "link.leads" });

void boot("organise", { another, run });

/** @param {import("../app/enter.js").Identity} identity */
function run(identity) {
  const store = connect(identity);
  createFrame(byId("page"), store, identity);
  tellEnd(store);
  store.connection.start();
}

/** What a screen is drawn from. */

import { serverNow } from "../../app/lib/now.js";

/** @param {import("../../app/store.js").Store} store @param {string} session @returns {import("./scene.js").Facts} */
export function factsOf(store, session) {
  return /** @type {any} */ ({
    session: store.get("session", session),
    stage: store.get("stage", "now"),
    questions: store.all("question"),
    polls: store.all("poll"),
    answers: store.all("said"),
    now: serverNow(),
  });
}

/** What a participant's page may have a moment later: cards, oneself, and the keys of lists. */

import { create as card } from "../../mission/directory/card.js";
import { create as me } from "../../mission/participants/participant.js";

/** By the place that each draws into. @type {[string, import("./frame.js").Create][]} */
export const PARTS = [
  ["card", card],
  ["me", me],
];

/** What is drawn in a tab that hardly anybody looks at first. @type {Record<string, () => Promise<{create: import("./frame.js").Create}>>} */
export const TABBED = {
  contacts: () => import("../../mission/contacts/participant.js"),
  messages: () => import("../../mission/conversations/participant.js"),
  meetings: () => import("../../mission/meetings/participant.js"),
};

/** Each is one stop of Tab, for whoever goes by it. */
const LISTS = ".dir-all .dir-cards, .request-list, .leads-list, .talks-list";

export function listenTabs() {
  addEventListener("keydown", tabbed);
}

/** @param {KeyboardEvent} event */
function tabbed({ key }) {
  if (key !== "Tab") return;
  removeEventListener("keydown", tabbed);
  import("../../parts/roving.js").then(
    ({ roving }) => document.querySelectorAll(LISTS).forEach((list) => roving(/** @type {HTMLElement} */ (list))),
    // without it every link is a stop
    () => {},
  );
}

/** The notice of another device, in its place on the attendee's page. */

import { createNotice } from "../notice.js";

/** @param {import("../shell.js").Room} room */
export function create(room) {
  return { update: createNotice(room.place("notice"), { store: room.store, device: room.identity.device }) };
}

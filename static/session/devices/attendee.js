/** The notice of another device, in its place on the attendee's page. */

import { createNotice } from "./notice.js";

/** @param {{store: import("../../app/store.js").Store, identity: import("../../app/enter.js").Identity, place: (name: string) => HTMLElement}} room */
export function create(room) {
  return { of: ["devices"], update: createNotice(room.place("notice"), { store: room.store, device: room.identity.device }) };
}

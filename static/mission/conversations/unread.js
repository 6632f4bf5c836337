/** What was written to me and not read, on any page that has the mission's store. */

/** @param {import("../../app/store.js").Store} store */
export const unread = (store) => store.all("conversation").reduce((sum, side) => sum + side.unread, 0);

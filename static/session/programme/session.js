/** The session's own record, as its hosts see it. */

/** @param {Pick<import("../../pages/host.js").Host, "store"|"session">} host */
export const sessionOf = ({ store, session }) =>
  /** @type {import("../records.js").Session|undefined} */ (store.get("session", session));

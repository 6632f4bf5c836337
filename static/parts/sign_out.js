/** Nobody any more in this browser. */

import { leave } from "../app/enter.js";

/**
 * @param {import("../app/store.js").Store} store
 * @param {string} as
 * @param {(code: string) => void} left tells how it went
 */
export async function signOut(store, as, left) {
  // its own end is no news to this page
  store.connection.stop();
  await leave(as).then(
    () => left("left"),
    (why) => left(why.code),
  );
}

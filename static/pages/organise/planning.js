/** Planning a session: by HTTP, since its log begins with it; and under another address where its own is taken. */

import { reasonOf } from "./acts.js";

/** @typedef {import("./acts.js").Refused} Refused */

/** @param {import("./acts.js").Acts} acts @returns {import("./frame.js").Organiser["plan"]} */
export const createPlanning = (acts) =>
  async function plan(args, said, refused = (why) => acts.tell(reasonOf(why), true), another = false) {
    const call = (/** @type {string} */ session, /** @type {(why: Refused) => void} */ amiss) => {
      const undo = [{ command: "drop_slot", args: { slot: session } }];
      return acts.call("slots", { ...args, session }, { said, undo, refused: amiss });
    };
    let free = "";
    const done = await call(args.session, (why) => (another && why.suggestion ? (free = why.suggestion) : refused(why)));
    return free ? call(free, refused) : done;
  };

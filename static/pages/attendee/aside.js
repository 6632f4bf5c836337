/**
 * What comes beside the room: what opens at a press, so that it is here before it, and what comes once there is something
 * to tell, fetched with its words and its look.
 */

/** @typedef {import("./frame.js").Room} Room */

/** With the page's other choices. */
export const SETTINGS = () => import("./settings.js");

/** Where the hour is, and what hosts do meanwhile, once there is something to tell. @param {Room} room */
export function follow(room) {
  once(room, () => isRunning(room), () => import("../../session/running/follow_run.js"));
  once(room, () => TOLD.some((kind) => room.store.all(kind).length), () => import("../../session/told/told.js"));
}

/** Kinds of records of which an attendee is told. */
const TOLD = ["pacing", "held", "timeout"];

/** @param {Room} room */
function isRunning({ store, identity }) {
  const run = store.get("run", "now");
  return Boolean(run?.current || (run && identity.you.role === "speaker"));
}

/** Tried again at the next news, where it does not come. @param {Room} room @param {() => boolean} isThere
 * @param {() => Promise<{follow: (room: Room) => unknown}>} load */
function once(room, isThere, load) {
  let asked = false;
  const look = () => {
    if (asked || !isThere()) return;
    asked = true;
    load().then(({ follow }) => follow(room)).catch(() => (asked = false));
  };
  room.store.subscribe(look);
  look();
}

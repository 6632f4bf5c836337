/**
 * What comes beside the room: what opens at a press, so that it is here before it, and what comes once there is something
 * to tell, fetched with its words and its look.
 */

/** With the page's other choices. */
export const SETTINGS = () => import("./settings.js");

/** Where the hour is, once there is something to tell. @param {import("./frame.js").Room} room */
export function follow(room) {
  let asked = false;
  const look = () => {
    const run = room.store.get("run", "now");
    if (asked || !(run?.current || (run && room.identity.you.role === "speaker"))) return;
    asked = true;
    import("../../session/running/follow_run.js").then(({ follow }) => follow(room)).catch(() => (asked = false));
  };
  room.store.subscribe(look);
  look();
}

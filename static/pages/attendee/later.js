/** What of the attendee's room may come a moment after what one looks at first. */

/** @type {import("../attendee.js").Parts} */
export const PARTS = {
  bar: () => import("./bar.js"),
  polls: () => import("../../session/polls/attendee.js"),
  next: () => import("../../session/stage/next.js"),
  questions: () => import("../../session/questions/attendee.js"),
  greeting: () => import("../../session/people/greeting.js"),
  people: () => import("../../session/people/attendee.js"),
  notice: () => import("../../session/devices/attendee.js"),
};

/** Where the hour is, once there is something to tell. @param {import("./frame.js").Room} room */
export function followRun(room) {
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

/** What opens at a press: here before it, for in a tunnel nothing more is fetched. */
export const PRESSED = () => import("./settings.js");

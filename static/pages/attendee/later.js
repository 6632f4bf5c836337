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

/** What opens at a press: here before it, for in a tunnel nothing more is fetched. */
export const PRESSED = () => import("./aside.js");

/** The steps of the guide, and which are done: by what the mission says. Pure. */

/** @typedef {import("./guide.js").Step} Step */

/**
 * @param {{places: readonly unknown[]}} mission @param {readonly {hosts: readonly string[]}[]} slots in order
 * @param {number} people who are no organisers @param {boolean} looked whether it was looked at as a participant sees it
 * @returns {Step[]}
 */
export function stepsOf({ places }, slots, people, looked) {
  const [first] = slots;
  const others = people - (first?.hosts.length ?? 0);
  return [
    // a mission begins with one place, and is called so by nobody yet
    { name: "basics", done: places.length > 1 },
    { name: "session", done: slots.length > 0 },
    { name: "hosts", done: Boolean(first?.hosts.length) },
    { name: "people", done: others > 0 },
    { name: "look", done: looked },
  ];
}

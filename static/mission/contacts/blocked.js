/**
 * Blocked: whom one wants to see nowhere is left out of a session's lists, on one's own page alone.
 *
 * Nothing is said of it to anybody, so nobody could tell. It goes by what the page is told in any case: of who
 * asks without a name nothing is left out, else it would tell who that is. Who leads or speaks is in the picture for
 * all, and so is the question that is live.
 */

/** @typedef {import("../../app/store.js").Store} Store */
/** @typedef {import("../../app/store.js").Item} Item */

/** Whose an item is, where that may be left out. @type {Record<string, (item: Item) => string|undefined>} */
const WHOSE = {
  message: ({ by, role }) => ofMany(role, by),
  person: ({ id, role }) => ofMany(role, id),
  question: ({ asker, state, mine }) => (mine || state === "live" ? undefined : ofMany(asker.role, asker.id)),
};

/** @param {string|undefined} role @param {string|undefined} id */
const ofMany = (role, id) => (role === "attendee" ? id : undefined);

/** @param {Pick<Store, "leave">} session @param {Pick<Store, "all"|"subscribe">} mission followed beside it */
export function leaveOut(session, mission) {
  /** @type {readonly Item[]} */
  let blocks = [];
  const take = () => {
    const now = mission.all("block");
    if (now === blocks) return;
    blocks = now;
    session.leave(without(new Set(blocks.map(({ whom }) => whom))));
  };
  take();
  return mission.subscribe(take);
}

/** @param {ReadonlySet<string>} blocked @returns {import("../../app/store.js").Leaves} */
export function without(blocked) {
  /** Views are drawn anew for another array only. @type {WeakMap<readonly Item[], readonly Item[]>} */
  const left = new WeakMap();
  return (kind, all) => {
    const whose = blocked.size ? WHOSE[kind] : undefined;
    if (!whose) return all;
    const known = left.get(all);
    if (known) return known;
    const some = all.filter((item) => !blocked.has(whose(item) ?? ""));
    left.set(all, some);
    return some;
  };
}

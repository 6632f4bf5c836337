/**
 * What the plan and what ran mean in time, as `session/run/reckoning.py` reckons it; and where an hour is. Pure.
 *
 * @typedef {import("../records.js").Segment} Segment
 * @typedef {import("../records.js").Run} Run
 * @typedef {{segment: Segment, plannedAt: number, beginsAt: number|null, endsAt: number|null, state: "over"|"on"|"coming"|"dropped"}} Line
 *   in Unix ms; null where it was dropped
 */

export const MINUTE = 60_000;

/** Minutes it has by now. @param {Segment} segment */
export const lengthOf = ({ minutes, given }) => given ?? minutes;

/** @param {{get: (kind: string, id: string) => any}} store @returns {Run|undefined} */
export const runOf = (store) => store.get("run", "now");

/** In the order of the hour. @param {{get: (kind: string, id: string) => any}} store @returns {Segment[]} */
export const inOrder = (store) => (runOf(store)?.order ?? []).map((id) => store.get("segment", id)).filter(Boolean);

/**
 * @param {Segment[]} segments @param {Run|undefined} run @param {number} now Unix ms
 * @param {number|null} [startsAt] when it is to begin, as long as it did not
 */
export function reckon(segments, run, now, startsAt = null) {
  const ran = new Map((run?.ran ?? []).map((one) => [one.segment, one]));
  const began = run?.ran?.[0]?.began_at ?? Math.max(now, startsAt ?? now);
  let at = run?.ran?.at(-1)?.began_at ?? began;
  let plannedAt = began;
  let left = /** @type {number|null} */ (null);
  /** @type {Line[]} */
  const lines = [];
  for (const segment of segments) {
    const one = ran.get(segment.id);
    const planned = plannedAt;
    plannedAt += segment.minutes * MINUTE;
    if (one) {
      const until = one.began_at + lengthOf(segment) * MINUTE;
      if (run?.current === segment.id) left = until - now;
      const endsAt = one.ended_at ?? Math.max(now, until);
      at = Math.max(at, endsAt);
      lines.push({ segment, plannedAt: planned, beginsAt: one.began_at, endsAt, state: run?.current === segment.id ? "on" : "over" });
    } else if (run?.ended_at || !lengthOf(segment)) {
      lines.push({ segment, plannedAt: planned, beginsAt: null, endsAt: null, state: "dropped" });
    } else {
      const endsAt = at + lengthOf(segment) * MINUTE;
      lines.push({ segment, plannedAt: planned, beginsAt: at, endsAt, state: "coming" });
      at = endsAt;
    }
  }
  const plannedEnd = run?.planned_end ?? plannedAt;
  const expectedEnd = run?.ended_at ?? at;
  return { lines, plannedEnd, expectedEnd, drift: expectedEnd - plannedEnd, left };
}

/** The next that is to come. @param {Segment[]} segments @param {Run|undefined} run @returns {Segment|undefined} */
export function nextOf(segments, run) {
  const over = new Set(run?.over ?? run?.ran?.map((one) => one.segment) ?? []);
  return segments.find((segment) => lengthOf(segment) && !over.has(segment.id) && segment.id !== run?.current);
}

/**
 * What people see of it: what is on, what comes, and how many minutes are left of it.
 * @param {{get: (kind: string, id: string) => any}} store @param {number} now Unix ms
 */
export function placeOf(store, now) {
  const run = runOf(store);
  const current = run?.current ? /** @type {Segment|undefined} */ (store.get("segment", run.current)) : undefined;
  if (!run || !current) return null;
  const left = (run.began_at ?? now) + lengthOf(current) * MINUTE - now;
  const hour = (run.planned_end ?? now) - now;
  return { run, current, next: nextOf(inOrder(store), run), left, minutes: Math.max(0, Math.ceil(left / MINUTE)), hour };
}

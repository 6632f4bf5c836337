/**
 * What this host has done and can still take back: the last ten acts, each as long as nothing later has been done
 * to the same thing. Pure.
 *
 * @typedef {import("./undo.js").Step} Step
 * @typedef {import("./undo.js").Get} Get
 * @typedef {{said: () => string, at: number, undo: Step[], about: [string, string][], was: string, left: string, close: () => void}} Done
 *   `about`: kinds and ids of the records it changed; `was`: how it found them, `left`: how it left them, once the news
 *   of it is here; `close` takes its toast away
 */

export const MOST = 10;

/** The arguments that name a record of that kind; an answer's is another. */
const KINDS = ["question", "poll", "person", "message", "segment", "held", "answer"];
const CALLED = /** @type {Record<string, string>} */ ({ answer: "said" });
const OF_RUN = /_run$|_segments?$/;

/** The records that steps are about: those they name, else the session's own. @param {Step[]} steps @returns {[string, string][]} */
export function about(steps) {
  const named = steps.flatMap(({ args }) =>
    KINDS.filter((kind) => args[kind]).map((kind) => /** @type {[string, string]} */ ([CALLED[kind] ?? kind, args[kind]])),
  );
  if (steps.some(({ command }) => OF_RUN.test(command))) return [...named, ["run", "now"]];
  if (named.length) return named;
  return steps.some(({ command }) => command === "clear_stage") ? [["stage", "now"]] : [["session", ""]];
}

/** What of the records an act is about would be otherwise after another act. @param {[string, string][]} records @param {Get} get */
export const stateOf = (records, get) => JSON.stringify(records.map(([kind, id]) => marks(get(kind, id))));

/** @param {any} record */
function marks(record) {
  if (!record) return null;
  const { current, ended_at: ended, order, minutes, given, kind, who, notes, frozen, group } = record;
  const { state, hidden, greeted, live, premoderated, title, video, starts_at, ends_at } = record;
  return [state, hidden, greeted?.at, live, premoderated, title, video, starts_at, ends_at, current, ended, order, minutes, given, kind, who, notes, frozen, group];
}

/** Latest first, of the ones given latest first. @param {Done[]} acts @param {Get} get */
export function undoable(acts, get) {
  return acts.filter((act) => {
    const now = stateOf(act.about, get);
    if (now !== act.was) act.left ||= now;
    return !act.left || act.left === now;
  });
}

/**
 * Asking the directory: the newest question counts. What was asked before and comes later is thrown away, so
 * nothing old ever takes the place of something new; what is there stays until the next is. Pure but for time.
 *
 * @typedef {import("./look.js").Look} Look
 * @typedef {{id: string, name: string, organisation: string, kind: string, country: string, place: string,
 *   sectors: string[], offers: string[], seeks: string[], languages: string[], pitch: string, link: string,
 *   say_as?: string, here?: boolean, reasons?: Reason[]}} Card
 * @typedef {{what: "offers"|"seeks", tag: string}} Reason
 * @typedef {{mark: string, total: number, fitting: number, page: number, per_page: number, cards: Card[],
 *   facets: Record<string, Record<string, number>>, drop: string[]}} Found
 * @typedef {{code: string, text: string, retryAfter: number|null}} Problem
 */

import { addressOf } from "./look.js";

/** Between two letters of somebody who types. */
const TYPING_MS = 160;
const AGAIN_MS = 3000;

/**
 * @param {{ask: (look: Look, signal: AbortSignal, known: string) => Promise<Found|{mark: string}>, changed: () => void,
 *   later?: (run: () => void, ms: number) => any}} how
 */
export function createSearch({ ask, changed, later = setTimeout }) {
  /** What is found, and for which look; what is under way, if anything. */
  const state = {
    /** @type {Found|null} */ found: null,
    /** @type {Look|null} */ of: null,
    /** @type {Problem|null} */ problem: null,
    isAsking: false,
  };
  /** @type {AbortController|null} */
  let under = null;
  /** @type {any} */
  let timer = null;

  /** @param {Look} look @param {boolean} typed whether more letters may follow */
  function look(look, typed = false) {
    clearTimeout(timer);
    // what was asked for is not wanted any more, answered or not
    under?.abort();
    under = null;
    state.isAsking = true;
    if (typed) timer = later(() => void run(look), TYPING_MS);
    else void run(look);
  }

  /** @param {Look} look */
  async function run(look) {
    const mine = (under = new AbortController());
    changed();
    try {
      const known = isOf(look) ? state.found?.mark : "";
      const found = await ask(look, mine.signal, known ?? "");
      if (under !== mine) return;
      // what is there already is not told again
      Object.assign(state, { ...("cards" in found && { found, of: look }), problem: null });
    } catch (why) {
      if (under !== mine) return;
      const problem = /** @type {Problem} */ (why);
      state.problem = problem;
      // too quick, or the line broke: it is asked again without anybody pressing
      if (problem.code?.startsWith("pace.") || problem.code?.startsWith("network.")) again(look, problem);
    }
    under = null;
    state.isAsking = false;
    changed();
  }

  /** Whether what is found is what is looked for. @param {Look} wanted */
  function isOf(wanted) {
    return state.of !== null && String(addressOf(state.of)) === String(addressOf(wanted));
  }

  /** @param {Look} wanted @param {Problem} problem */
  function again(wanted, { retryAfter }) {
    timer = later(() => look(wanted), retryAfter ? retryAfter * 1000 : AGAIN_MS);
  }

  return {
    state,
    look,
    /** The same again, as long as nothing else is asked. */
    refresh: () => state.of && !state.isAsking && look(state.of),
    isOf,
  };
}

/**
 * What is written of one lead saves itself a moment after the last letter, and is kept here until it is.
 *
 * @typedef {Record<string, any>} Fields
 * @typedef {"saved"|"typing"|"saving"|"refused"} State
 * @typedef {{code: string, text: string, field?: string, suggestion?: string, retryAfter?: number|null}} Refused
 */

const AFTER_MS = 800;

/**
 * @param {{save: (fields: Fields) => Promise<unknown>, draft: {get: () => any, set: (value: unknown) => void},
 *   changed: () => void, later?: (run: () => void, ms: number) => any, stop?: (timer: any) => void}} how
 */
export function createSaving({ save, draft, changed, later = setTimeout, stop = clearTimeout }) {
  /** What was written and is not saved. @type {Fields} */
  let unsaved = draft.get() ?? {};
  /** What stands in the fields, letter for letter: the server keeps no space at an end, which somebody who goes on
   * typing wants to keep. @type {Fields} */
  let typed = { ...unsaved };
  /** @type {State} */
  let state = "saved";
  /** @type {Refused|null} */
  let refused = null;
  let isUnderWay = false;
  /** @type {any} */
  let timer = null;

  const isClean = () => !Object.keys(unsaved).length;

  /** @param {number} ms */
  function soon(ms) {
    stop(timer);
    timer = later(() => void flush(), ms);
  }

  async function flush() {
    stop(timer);
    if (isUnderWay || isClean()) return;
    const sent = { ...unsaved };
    [isUnderWay, state] = [true, "saving"];
    changed();
    try {
      await save(sent);
      unsaved = Object.fromEntries(Object.entries(unsaved).filter(([name, value]) => value !== sent[name]));
      [refused, state] = [null, isClean() ? "saved" : "typing"];
    } catch (why) {
      refused = /** @type {Refused} */ (why);
      state = "refused";
    }
    isUnderWay = false;
    draft.set(isClean() ? null : unsaved);
    if (state === "typing") soon(AFTER_MS);
    else if (refused?.retryAfter) soon(refused.retryAfter * 1000);
    changed();
  }

  if (!isClean()) soon(0);
  return {
    /** @param {Fields} change */
    set(change) {
      [typed, unsaved] = [{ ...typed, ...change }, { ...unsaved, ...change }];
      [state, refused] = [isUnderWay ? "saving" : "typing", null];
      draft.set(unsaved);
      soon(AFTER_MS);
      changed();
    },
    flush,
    /** Nobody is at the fields any more: what is saved is shown as it was kept. */
    settle() {
      typed = { ...unsaved };
      changed();
    },
    /** @param {Fields} record */
    shown: (record) => ({ ...record, ...typed }),
    state: () => state,
    refused: () => refused,
  };
}

/**
 * Coming back after a lost connection: when, and whether anybody is there to come back to.
 *
 * Browsers make a page wait, up to a minute, before its next WebSocket once some have failed (RFC 6455, 7.2.3);
 * so after the second failure a server is knocked at by HTTP, and a socket is opened to one that answers.
 */

const FLOOR_MS = 500;
/** Back within five seconds of a server's return, however long it was away. */
const CEILING_MS = 4_000;

/** Failures after which a socket is tried only where somebody answers. */
export const KNOCK_AFTER = 2;
const KNOCK_MS = 3_000;

/** @type {import("./connection.js").Timers} */
export const REAL_TIMERS = { set: (run, ms) => setTimeout(run, ms), clear: (timer) => clearTimeout(timer) };

/**
 * As long as the server says, but never "at once" again and again; else full jitter below a doubling
 * ceiling, so that 300 viewers do not return as one.
 * @param {number} failures in a row
 * @param {number|null} told seconds
 * @param {() => number} random
 */
export function pause(failures, told, random) {
  const ceiling = Math.min(CEILING_MS, FLOOR_MS * 2 ** failures);
  const backoff = FLOOR_MS + random() * (ceiling - FLOOR_MS);
  if (told === null) return backoff;
  return Math.max(told * 1000 * (1 + random() / 4), failures > 1 ? backoff : 0);
}

/** Whether a server answers. What stands before one says 5xx while it is away. */
export async function knock() {
  const answer = await fetch("/livez", { cache: "no-store", signal: AbortSignal.timeout(KNOCK_MS) });
  return answer.status < 500;
}

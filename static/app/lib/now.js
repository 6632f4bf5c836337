/**
 * What time it is where it matters: on the server. This machine's clock may be minutes or days off.
 *
 * The server says its time with its greeting and its beats. What it says is a little old when it is here, so the
 * latest of what was heard counts; counted on from there is by a clock that nobody sets.
 */

/** What was heard differs by how long it was on its way, in ms; by more where somebody set a clock, or slept. */
const TOLERANCE_MS = 2000;

/** The server's time when this page's own clock began (Unix ms). */
let began = NaN;

/** @param {unknown} told Unix ms, as it came in this moment */
export function serverTold(told) {
  if (!Number.isFinite(told)) return;
  const heard = /** @type {number} */ (told) - performance.now();
  if (!(heard < began) || began - heard > TOLERANCE_MS) began = heard;
}

/** The server's time in Unix ms; this machine's as long as it has said nothing. */
export const serverNow = () => (Number.isNaN(began) ? Date.now() : began + performance.now());

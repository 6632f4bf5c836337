/** What a close says: whether to come back, when, or why not. */

/** 44xx codes after which coming back makes sense; every other 44xx is final. */
const PASSING = new Set([4408, 4429]);

/** What ends a connection for good: the token does not count any more, or its person may not be here. */
const ENDED = 4401;
export const REMOVED = 4403;

/** Codes by which somebody may not be here. */
const ENDS = /^(token\.|participant\.|person\.removed$)/;

/** What the server closes with for such a code, and 0 for others. @param {string} code */
export const endOf = (code) => (ENDS.test(code) ? (code.startsWith("token.") ? ENDED : REMOVED) : 0);

/** @param {number} code */
export function isFinal(code) {
  return code >= 4400 && code < 4500 && !PASSING.has(code);
}

/** @param {string} reason JSON where the server has something to say; `cause` is its code */
export function parseReason(reason) {
  try {
    const told = JSON.parse(reason);
    const retryAfter = typeof told.retry_after === "number" ? Math.max(0, told.retry_after) : null;
    return { retryAfter, text: told.text ?? "", cause: typeof told.code === "string" ? told.code : "" };
  } catch {
    return { retryAfter: null, text: reason, cause: "" };
  }
}

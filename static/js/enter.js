/**
 * Who am I? From the link's fragment the first time, from the `as` key in the address after that.
 *
 * The fragment holds a token and is dropped at once, so that it is not in a copied address or a screenshot;
 * the key is no secret. The fragment comes first: somebody who opens a new link means it.
 */

/**
 * @typedef {{you: {id: string, name: string, role: string, organisation: string, kind: string, country: string,
 *   say_as: string}, session: string, as: string, entered: boolean}} Identity
 */
/** @typedef {{name?: string, organisation?: string, kind?: string, country?: string, say_as?: string}} Profile */
/** @typedef {{status: number, code: string, text: string, retryAfter: number|null}} Problem */

/** Roles that a page is for; others are sent to their own page. @type {Record<string, string[]>} */
const ROLES = {
  attendee: ["attendee", "speaker", "host", "organiser"],
  host: ["host", "organiser"],
  stage: ["stage", "host", "organiser"],
};

/**
 * @param {string} page attendee, host or stage
 * @returns {Promise<Identity>} rejects with a Problem for the error view
 */
export async function enter(page) {
  const token = decodeURIComponent(location.hash.slice(1));
  const as = new URLSearchParams(location.search).get("as");
  const who = token
    ? await request("/api/enter", { token })
    : await request(as ? `/api/me?as=${encodeURIComponent(as)}` : "/api/me");
  keepKey(who.as);
  if (who.session !== sessionId()) throw problem(401, "token.other_session");
  if (!ROLES[page]?.includes(who.you.role)) throw problem(403, `token.not_${page}`);
  return who;
}

/**
 * Go through the door: tell how one wants to be known.
 * @param {string} as
 * @param {Profile} profile
 * @returns {Promise<Identity>}
 */
export async function throughTheDoor(as, profile) {
  const who = await request("/api/enter", { as, profile });
  keepKey(who.as);
  return who;
}

/** Whether the server still takes us for who we are. @param {string|null} as */
export async function stillKnown(as) {
  const answer = await fetch(`/api/me${as ? `?as=${encodeURIComponent(as)}` : ""}`, { cache: "no-store" });
  return answer.status !== 401 && answer.status !== 403;
}

/** The session this page is about: the last part of its path. */
export function sessionId() {
  return decodeURIComponent(location.pathname.split("/").filter(Boolean).pop() ?? "");
}

/** @param {string} as */
function keepKey(as) {
  const url = new URL(location.href);
  url.hash = "";
  if (as) url.searchParams.set("as", as);
  history.replaceState(history.state, "", url);
}

/**
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<Identity>}
 */
async function request(path, body) {
  const how = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(path, { cache: "no-store", credentials: "same-origin", ...how });
  } catch {
    throw problem(0, "network.unreachable");
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw problem(answer.status, told.code ?? `http.${answer.status}`, told.text, told.retry_after);
  return told;
}

/**
 * @param {number} status
 * @param {string} code
 * @param {string} [text]
 * @param {number|null} [retryAfter]
 * @returns {Problem}
 */
function problem(status, code, text = "", retryAfter = null) {
  return { status, code, text, retryAfter };
}

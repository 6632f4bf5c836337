/**
 * Who am I? From the link's fragment the first time, from the `as` key in the address after that.
 *
 * The fragment holds a token and is dropped at once, so that it is not in a copied address or a screenshot;
 * the key is no secret. The fragment comes first: somebody who opens a new link means it.
 */

/**
 * @typedef {{you: {id: string, name: string, role: string, organisation: string, kind: string, country: string,
 *   say_as: string}, topic: string, session: string, mission?: string, as: string, entered: boolean, device: string,
 *   door?: Door|null, page?: string}} Identity `session` and `mission` by their ids, as far as it is of one
 */
/** What is said before one is in. @typedef {{title: string, state: string, starts_at: number|null,
 *   ends_at: number|null, hosts: string[]}} Door */
/** @typedef {{name?: string, organisation?: string, kind?: string, country?: string, say_as?: string}} Profile */
/**
 * @typedef {{status: number, code: string, text: string, retryAfter: number|null, reason?: string, name?: string,
 *   role?: string, token?: string, field?: string, suggestion?: string, door?: Door|null}} Problem `token` where it has to be asked
 *   whose it is, `suggestion` the words of `field` as they would be taken
 */

/** Roles that a page is for; others are sent to their own page. @type {Record<string, string[]>} */
const ROLES = {
  attendee: ["attendee", "speaker", "host", "organiser"],
  host: ["host", "organiser"],
  stage: ["stage", "host", "organiser"],
  mission: ["participant", "organiser"],
  organise: ["organiser"],
};
/** Pages about a mission, by the first part of their path. */
const OF_MISSIONS = /^(mission|organise)$/;

/**
 * @param {string} page attendee, host or stage
 * @returns {Promise<Identity>} rejects with a Problem for the error view
 */
export async function enter(page) {
  const token = decodeURIComponent(location.hash.slice(1));
  const as = new URLSearchParams(location.search).get("as");
  const who = token ? await byLink(token, page) : await request(`/api/me${queryHere(as)}`);
  return admitted(who, page);
}

/**
 * Say whose link it is, once that was asked.
 * @param {string} page
 * @param {string} token
 * @param {{whose: "mine"}|{whose: "another", profile: Profile}} answer
 * @returns {Promise<Identity>}
 */
export async function sayWhose(page, token, answer) {
  return admitted(await request("/api/enter", { token, topic: topic(), ...answer }), page);
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

/** Be known otherwise from now on, to all at once. @param {string} as @param {Profile} profile */
export const correct = (as, profile) => request("/api/enter", { as, whose: "mine", profile });

/** Nobody any more in this browser, on all its tabs. @param {string} as */
export async function leave(as) {
  await request("/api/leave", { as });
}

/**
 * Why the server does not take us for who we are any more.
 * @param {string|null} as
 * @returns {Promise<Problem|null>} null where it does, or says nothing about it
 */
export async function whyNot(as) {
  try {
    await request(`/api/me${queryHere(as)}`);
    return null;
  } catch (why) {
    const told = /** @type {Problem} */ (why);
    return told.status === 401 || told.status === 403 ? told : null;
  }
}

/** The topic this page is about, as its path says. */
export function topic() {
  const [, page = "", id = ""] = location.pathname.split("/");
  return `${OF_MISSIONS.test(page) ? "mission" : "session"}/${decodeURIComponent(id)}`;
}

/** Whether a page is for somebody. @param {string} page @param {string} role */
export const isFor = (page, role) => ROLES[page]?.includes(role) ?? true;

/** A screen in a hall cannot be asked whose it is. @param {string} token @param {string} page */
async function byLink(token, page) {
  try {
    return await request("/api/enter", { token, topic: topic(), ...(page === "stage" && { whose: "mine" }), ...(page === "organise" && { zone: new Intl.DateTimeFormat().resolvedOptions().timeZone }) });
  } catch (why) {
    const told = /** @type {Problem} */ (why);
    if (told.code !== "person.whose") throw told;
    keepKey("");
    throw { ...told, token };
  }
}

/** @param {Identity} who @param {string} page */
function admitted(who, page) {
  keepKey(who.as);
  if (who.topic !== topic()) throw problem(401, "token.other_session");
  if (!isFor(page, who.you.role)) throw problem(403, `token.not_${page}`);
  return { ...who, page };
}

/** @param {string|null} as */
export const query = (as) => (as ? `?as=${encodeURIComponent(as)}` : "");

/** The same where the call has to be told what this page is about. @param {string|null} as */
export const queryHere = (as) => `?${new URLSearchParams({ ...(as && { as }), topic: topic() })}`;

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
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function request(path, body, signal) {
  const how = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(path, { cache: "no-store", credentials: "same-origin", signal, ...how });
  } catch {
    throw problem(0, "network.unreachable");
  }
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  const { name, role, reason, field, suggestion, door } = told;
  const why = problem(answer.status, told.code ?? `http.${answer.status}`, told.text, told.retry_after);
  throw { ...why, name, role, reason, field, suggestion, door };
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

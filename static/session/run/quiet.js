/**
 * How long ago the audience last did something: asked, said a word, raised a hand, voted, was live. Of what is there
 * already; nothing is kept for it. Pure.
 */

const MINUTE = 60_000;
const LED = ["host", "organiser"];

/**
 * @param {{all: (kind: string) => readonly any[], get: (kind: string, id: string) => any}} store @param {number} now Unix ms
 * @returns {number|null} minutes; none where somebody is live, or people vote; null where nobody ever did anything
 */
export function quietFor(store, now) {
  if (store.get("stage", "now")?.live || store.all("poll").some(({ state }) => state === "open")) return 0;
  const times = [
    ...store.all("question").flatMap(({ at, live_at, answered_at }) => [at, live_at, answered_at]),
    ...store.all("message").map(({ at, role }) => (LED.includes(role) ? 0 : at)),
    ...store.all("person").map(({ hand, greeted }) => Math.max(hand ?? 0, greeted?.waved ?? 0)),
    ...store.all("poll").map(({ opened_at }) => opened_at),
    ...(store.get("stage", "now")?.just_asked ?? []).map((/** @type {{at: number}} */ { at }) => at),
  ].filter((at) => typeof at === "number" && at > 0);
  const last = times.reduce((latest, at) => Math.max(latest, at), 0);
  return last ? Math.max(0, Math.floor((now - last) / MINUTE)) : null;
}

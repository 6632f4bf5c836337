/** What a participant's page asks for of its mission by HTTP: nothing older than what it has been told. */

import { request } from "../../app/enter.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

const ANSWER_MS = 15_000;

/** @param {Room} room @param {string} call @param {URLSearchParams} [words] */
export function pathOf({ id, identity }, call, words = new URLSearchParams()) {
  const all = new URLSearchParams(words);
  if (identity.as) all.set("as", identity.as);
  return `/api/missions/${encodeURIComponent(id)}/${call}${all.size ? `?${all}` : ""}`;
}

/**
 * @param {Room} room @param {string} call @param {URLSearchParams} [words] @param {AbortSignal} [signal]
 * @returns {Promise<any>} rejects with a Problem (`app/enter.js`)
 */
export function fetched(room, call, words = new URLSearchParams(), signal = AbortSignal.timeout(ANSWER_MS)) {
  const all = new URLSearchParams(words);
  const [seq] = room.store.position ?? [0];
  if (seq) all.set("at", String(seq));
  return request(pathOf(room, call, all), undefined, signal);
}

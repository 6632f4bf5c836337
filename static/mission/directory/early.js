/** The first page of the directory, asked for while the page still asks who it is: a way there and back less. */

import { request } from "../../app/enter.js";
import { addressOf, askedOf, lookOf } from "./look.js";

/** @typedef {import("./look.js").Look} Look */

/** @type {{look: string, answer: Promise<any>}|null} */
let early = null;

/** Whether the address of this page asks for people, and says whose page it is. @param {string} id of the mission */
export function askEarly(id) {
  const words = new URLSearchParams(location.search);
  const as = words.get("as");
  if (words.get("tab") !== "participants" || words.has("org") || location.hash || !as) return;
  const look = lookOf(words);
  const asked = askedOf(look);
  asked.set("as", as);
  const answer = request(`/api/missions/${encodeURIComponent(id)}/participants?${asked}`);
  // heard by whoever takes it, or told anew when it is asked again
  answer.catch(() => {});
  early = { look: String(addressOf(look)), answer };
}

/** Its answer, once, if it is to this look. @param {Look} look @returns {Promise<any>|null} */
export function takeEarly(look) {
  const one = early;
  early = null;
  return one?.look === String(addressOf(look)) ? one.answer : null;
}

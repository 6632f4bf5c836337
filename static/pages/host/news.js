/**
 * What came in, for those who listen: one short sentence at a time, and never more often than they can bear.
 *
 * @typedef {import("../../app/store.js").Store} Store
 * @typedef {{arrivals: number, waves: number, questions: number, hands: number, messages: number}} Tally
 */

import { announce } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { newsSince, tally } from "./tally.js";

const EVERY_MS = 20_000;

/** @param {Store} store */
export function tellNews(store) {
  /** @type {Tally|null} */
  let told = null;
  let until = 0;
  setInterval(() => {
    if (!store.position) return;
    const now = tally(store, until);
    // what was there when the page opened is no news
    const news = told ? newsSince({ ...told, messages: 0 }, now) : [];
    told = now;
    until = store.all("message").at(-1)?.at ?? until;
    if (news.length) announce(news.map(([what, n]) => t(`host.news.${what}`, { n })).join(", "));
  }, EVERY_MS);
}

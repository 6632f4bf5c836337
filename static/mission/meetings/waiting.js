/** Meetings that wait for one's answer. */

import { serverNow } from "../../app/lib/now.js";

/** @typedef {import("../../app/store.js").Item} Item */

/** @param {Item} meeting @param {number} now */
export const isAsked = ({ state, mine, until }, now) => state === "proposed" && !mine && until > now;

/** @param {Pick<import("../../app/store.js").Store, "all">} store */
export const waiting = (store) => store.all("meeting").filter((one) => isAsked(one, serverNow())).length;

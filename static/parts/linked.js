/** What a page says of its line beside having lost it, in the same words on every page. */

import { t } from "../app/i18n.js";

/** @typedef {import("../app/connection.js").Connection} Connection */

const NEWS_MS = 20_000;
const NONE_MS = 10_000;

/** Of a page that was told nothing yet, and so has lost nothing. @param {Connection} connection */
export const beforeFirst = ({ lostAt }) =>
  t(lostAt !== null && Date.now() - lostAt > NONE_MS ? "link.none" : "link.first");

/** That it goes on by HTTP, while that is news; else nothing. @param {Connection} connection */
export const newsOfHttp = ({ link, blockedAt }) =>
  link.state === "live" && blockedAt !== null && Date.now() - blockedAt < NEWS_MS ? t("link.blocked") : "";

/**
 * How every page starts: dressed, in its words, known to the server, and linked to its session; and what becomes
 * of it when that cannot be, or is over.
 */

import { Connection } from "./connection.js";
import { enter, sayWhose, whyNot } from "./enter.js";
import { REMOVED } from "./farewell.js";
import { loadCatalog, loadRare } from "./i18n.js";
import { coverAll } from "./lib/dom.js";
import { growFields } from "./lib/grow.js";
import { applyTheme, setPref, wantedLang } from "./lib/prefs.js";
import { guardPresses } from "./lib/press.js";
import { createStore } from "./store.js";

/** @typedef {import("./enter.js").Identity} Identity */
/** @typedef {import("./enter.js").Problem} Problem */
/** @typedef {(token: string, door?: Problem["door"]) => Promise<Identity>} Another */
/** @typedef {import("./store.js").Store} Store */

/**
 * @param {string} page attendee or host
 * @param {object} how
 * @param {Another} how.another somebody else holds a link that is in use
 * @param {(who: Identity) => Promise<void>|void} how.run
 */
export async function boot(page, { another, run }) {
  applyTheme();
  guardPresses(document);
  growFields(document);
  try {
    const known = enter(page);
    known.catch(() => {});
    await loadCatalog(wantedLang());
    await run(await known.catch((problem) => whose(page, problem, another)));
    await loadRare();
  } catch (problem) {
    await tell(/** @type {Problem|Error} */ (problem));
  }
}

/** The records of what a page is about, and what ends the page; `start` the connection once there is something to draw.
 * @param {Identity} who @returns {Store} */
export function connect(who) {
  const connection = new Connection(who);
  return createStore({ connection, topic: who.topic });
}

/** Once the connection has ended for good, the page says why. @param {Store} store */
export function tellEnd({ connection }) {
  connection.addEventListener("link", () => connection.link.state === "ended" && void ended(connection));
}

/** @param {string} lang chosen on this page: it goes before what the address asks for */
export async function chooseLang(lang) {
  setPref("lang", lang);
  await loadCatalog(lang);
  const url = new URL(location.href);
  url.searchParams.delete("lang");
  history.replaceState(history.state, "", url);
}

/** Where the link is somebody's who is here already. @param {string} page @param {Problem} problem
 * @param {Another} another */
async function whose(page, problem, another) {
  const { name = "", token, door } = problem;
  if (!token) throw problem;
  const rare = await import("./rare.js");
  const [{ askWhose }] = await Promise.all([rare.whose(), loadRare(), loadRare("whose")]);
  const cover = coverAll();
  const mine = await askWhose(cover.page, name, () => sayWhose(page, token, { whose: "mine" }));
  cover.back();
  return mine ?? another(token, door);
}

/** @param {Connection} connection */
async function ended({ link, as }) {
  if (link.code === 1000) return;
  // a close has no room for what the host wrote
  const reason = link.reason || (link.code === REMOVED ? (await whyNot(as))?.reason : "");
  await tell({ status: 0, code: link.cause || `link.${link.code}`, text: link.text, reason, retryAfter: null });
}

/** @param {Problem|Error} problem */
async function tell(problem) {
  if (problem instanceof Error) console.error(problem);
  const { code, text, reason = "" } = problem instanceof Error ? { code: "page.broken", text: "" } : problem;
  const rare = await import("./rare.js");
  const { showProblem } = await rare.problem();
  await showProblem(code, { text, reason });
}

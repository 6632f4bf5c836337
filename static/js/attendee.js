/**
 * The attendee's page: who am I, the door, then the room until its end.
 *
 * The room's parts are fetched while we are still asking who we are; only what must be there first is
 * imported above.
 */

import { Connection } from "./connection.js";
import { enter, sessionId } from "./enter.js";
import { loadCatalog } from "./i18n.js";
import { byId } from "./lib/dom.js";
import { growFields } from "./lib/grow.js";
import { guardPresses } from "./lib/press.js";
import { applyTheme, setPref, wantedLang } from "./lib/prefs.js";
import { createStore } from "./store.js";
import { createShell } from "./views/shell.js";

/** @typedef {import("./enter.js").Identity} Identity */
/** @typedef {import("./enter.js").Problem} Problem */
/** @typedef {import("./views/shell.js").Room} Room */
/** @typedef {{update: () => void, redraw?: () => void}} View */
/** @typedef {(room: Room) => View} Create */
/** @typedef {Record<string, () => Promise<{create: Create}>>} Parts by the place that says so should one fail */

/** What one looks at first … @type {Parts} */
const FIRST = {
  bar: () => import("./views/attendee/bar.js"),
  picture: () => import("./views/attendee/picture.js"),
  chat: () => import("./views/attendee/chat.js"),
  composer: () => import("./views/attendee/composer.js"),
  below: () => import("./views/attendee/spotlight.js"),
  acts: () => import("./views/attendee/acts.js"),
  menu: () => import("./views/attendee/keys.js"),
};
/** … and what may come a moment later. @type {Parts} */
const LATER = {
  polls: () => import("./views/attendee/polls.js"),
  next: () => import("./views/attendee/next.js"),
  questions: () => import("./views/attendee/questions.js"),
  people: () => import("./views/attendee/people.js"),
};

applyTheme();
guardPresses(document);
growFields(document);
start().catch(showProblem);

async function start() {
  const words = loadCatalog(wantedLang());
  const who = enter("attendee");
  who.catch(() => {});
  await words;
  const identity = await who;
  const entered = identity.entered ? identity : await door(identity);
  const first = load(FIRST);
  const connection = new Connection({ as: entered.as });
  const store = createStore({ connection, topic: `session/${sessionId()}` });
  /** @type {Room} */
  const room = createShell(byId("page"), { store, identity: entered, setLang });
  connection.addEventListener("link", () => connection.link.state === "ended" && ended(connection.link));
  connection.start();
  for (const modules of [first, first.then(() => load(LATER))]) {
    room.add(await modules);
  }
}

/** @param {Parts} parts @returns {Promise<[string, Create][]>} */
function load(parts) {
  return Promise.all(Object.entries(parts).map(async ([place, part]) => [place, (await part()).create]));
}

/** @param {Identity} identity */
async function door(identity) {
  const { throughDoor } = await import("./views/attendee/door.js");
  return throughDoor(byId("page"), identity, setLang);
}

/** @param {string} lang */
async function setLang(lang) {
  setPref("lang", lang);
  await loadCatalog(lang);
  const url = new URL(location.href);
  url.searchParams.delete("lang");
  history.replaceState(history.state, "", url);
}

/** @param {import("./connection.js").Link} link */
function ended({ code, text }) {
  if (code !== 1000) showProblem({ status: 0, code: `link.${code}`, text, retryAfter: null });
}

/** @param {Problem|Error} problem */
async function showProblem(problem) {
  const { drawProblem } = await import("./views/problem.js");
  if (problem instanceof Error) console.error(problem);
  const code = problem instanceof Error ? "page.broken" : problem.code;
  const page = document.createElement("div");
  page.id = "page";
  byId("page").replaceWith(page);
  drawProblem(page, { code, text: problem instanceof Error ? "" : problem.text });
}

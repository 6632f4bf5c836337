/**
 * The attendee's page: who am I, the door, then the room until its end.
 *
 * The room's parts are fetched while we are still asking who we are; only what must be there first is
 * imported above.
 */

import { Connection } from "./connection.js";
import { enter, sayWhose, sessionId, whyNot } from "./enter.js";
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
  notice: () => import("./views/attendee/notice.js"),
};

/** What opens at a press: here before it, for in a tunnel nothing more is fetched. */
const PRESSED = () => Promise.all([import("./views/attendee/settings.js"), import("./views/attendee/introduce.js")]);

applyTheme();
guardPresses(document);
growFields(document);
start().catch(showProblem);

async function start() {
  const words = loadCatalog(wantedLang());
  const who = enter("attendee");
  who.catch(() => {});
  await words;
  const identity = await who.catch(whose);
  const entered = identity.entered ? identity : await door(identity);
  const first = load(FIRST);
  const connection = new Connection({ as: entered.as });
  const store = createStore({ connection, topic: `session/${sessionId()}` });
  /** @type {Room} */
  const room = createShell(byId("page"), { store, identity: entered, setLang });
  connection.addEventListener("link", () => connection.link.state === "ended" && ended(connection.link));
  connection.start();
  first.then(PRESSED).catch(() => {});
  for (const modules of [first, first.then(() => load(LATER))]) {
    room.add(await modules);
  }
}

/** @param {Parts} parts @returns {Promise<[string, Create][]>} */
function load(parts) {
  return Promise.all(Object.entries(parts).map(async ([place, part]) => [place, (await part()).create]));
}

/** Where the link is somebody's who is here already. @param {Problem} problem */
async function whose(problem) {
  const { name = "", token } = problem;
  if (!token) throw problem;
  const [{ askWhose }, { openDoor }] = await Promise.all([
    import("./views/whose.js"),
    import("./views/attendee/door.js"),
  ]);
  const page = byId("page");
  const mine = await askWhose(page, name, () => sayWhose("attendee", token, { whose: "mine" }));
  if (mine) return mine;
  const come = (/** @type {import("./enter.js").Profile} */ profile) =>
    sayWhose("attendee", token, { whose: "another", profile });
  return openDoor(page, { kind: "other" }, setLang, come);
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
async function ended({ code, cause, text, reason }) {
  if (code === 1000) return;
  // a close has no room for what the host wrote
  const why = cause === "person.removed" ? reason || (await whyNot(connectionKey()))?.reason : "";
  showProblem({ status: 0, code: cause || `link.${code}`, text, reason: why, retryAfter: null });
}

const connectionKey = () => new URLSearchParams(location.search).get("as");

/** @param {Problem|Error} problem */
async function showProblem(problem) {
  const { showProblem: show } = await import("./views/problem.js");
  if (problem instanceof Error) console.error(problem);
  const code = problem instanceof Error ? "page.broken" : problem.code;
  const { text, reason = "" } = problem instanceof Error ? { text: "" } : problem;
  show(code, { text, reason });
}

/**
 * The host's dashboard: which views it has, and what keys and buttons do.
 *
 * Views draw the store's records and this host's own view of them (pages/host/ui.js); what a host does goes
 * through pages/host/acts.js, which also knows the way back.
 */

import { boot, chooseLang, connect, tellEnd } from "../app/boot.js";
import { currentLang, t } from "../app/i18n.js";
import { byId } from "../app/lib/dom.js";
import { attempt } from "../app/lib/failsafe.js";
import { applyTheme, pref, setPref } from "../app/lib/prefs.js";
import { Views } from "../app/views.js";
import { listenKeys } from "../parts/keys.js";
import { listenNames } from "../parts/names.js";
import { roving } from "../parts/roving.js";
import { createToasts } from "../parts/toasts.js";
import { create as chatView } from "../session/chat/host.js";
import { create as noticeView } from "../session/devices/attendee.js";
import { create as deskView, greet } from "../session/people/host.js";
import { tellImitators } from "../session/people/imitators.js";
import { create as pollsView } from "../session/polls/host.js";
import { answerLive, clearStage, doWithSelected, next } from "../session/questions/acts.js";
import { create as boardView } from "../session/questions/host.js";
import { create as nowView } from "../session/stage/host.js";
import { Acts } from "./host/acts.js";
import { create as topView } from "./host/header.js";
import { createDrawer } from "./host/drawer.js";
import { reader } from "./host/keys.js";
import { tellNews } from "./host/news.js";
import { createOpened } from "./host/opened.js";
import { create as tabsView } from "./host/tabs.js";
import { Ui } from "./host/ui.js";

/**
 * @typedef {object} Host  what every panel of this page works with
 * @property {import("../app/store.js").Store} store
 * @property {import("./host/acts.js").Acts} acts
 * @property {import("./host/ui.js").Ui} ui
 * @property {import("../app/enter.js").Identity} identity
 * @property {(name: string) => HTMLElement} place  where a view draws
 * @property {string} session  the session's id
 * @property {string} as  the key of this identity
 * @property {(name: import("./host/opened.js").Name, id?: string) => void} open  a dialog, about somebody
 * @property {ReturnType<typeof createDrawer>} drawer
 * @property {import("../mission/asking/in_session.js").Contacts} [contacts]  once their mission is followed
 */

/** Each is one stop of Tab. */
const LISTS = ".arrivals, .cards, .polls, #chat ul, [data-part=hands]";

const another = () => Promise.reject({ code: "link.leads" });

void boot("host", { another, run });

/** @param {import("../app/enter.js").Identity} identity */
function run(identity) {
  const store = connect(identity);
  const { session, as } = identity;
  const toasts = createToasts(byId("toasts"));
  const acts = new Acts({ store, session, toasts, changed: () => soon() });
  const views = new Views(store, byId);
  const ui = new Ui(() => soon());
  const host = /** @type {Host} */ ({ store, identity, session, as, acts, ui, place: byId });
  const dialogs = createOpened(host);
  host.open = dialogs.open;
  host.drawer = createDrawer(host);
  const made = {
    board: boardView(host),
    desk: deskView(host),
    now: nowView(host),
    top: topView(host, { theme: turnTheme, lang: turnLang }),
  };
  const create = {
    top: () => made.top,
    now: () => made.now,
    tabs: () => tabsView(host),
    board: () => made.board,
    desk: () => made.desk,
    polls: () => pollsView(host),
    chat: () => chatView(host),
    notice: () => noticeView(host),
  };
  for (const [place, view] of Object.entries(create)) views.add(place, view);
  document.querySelectorAll(LISTS).forEach((list) => roving(/** @type {HTMLElement} */ (list)));

  let waiting = false;
  /** What several changes within one frame need is one drawing. */
  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => ((waiting = false), draw(true)));
  }

  /** @param {boolean} [whatever] changed, be it no record at all */
  function draw(whatever = false) {
    if (!store.position) return tick();
    views.update(whatever);
    host.drawer.draw(whatever);
    dialogs.draw();
    dialogs.come();
  }

  function tick() {
    if (document.hidden) return;
    // before the first state there is nothing to tell but how we are linked
    const places = /** @type {("top"|"now")[]} */ (store.position ? ["top", "now"] : ["top"]);
    for (const place of places) attempt(byId(place), made[place].tick);
    host.drawer.tick();
  }

  async function turnLang() {
    await chooseLang(currentLang() === "nl" ? "en" : "nl");
    nameRegions();
    toasts.redraw();
    views.redraw();
    await host.drawer.redraw();
  }

  listenNames((id) => card(host, id));
  listen(host, made);
  store.subscribe(draw);
  store.subscribe(tellImitators(host, toasts));
  document.addEventListener("visibilitychange", () => draw());
  tellNews(store);
  setInterval(tick, 1000);
  nameRegions();
  tellEnd(store);
  store.connection.start();
  host.drawer.restore();
  if (identity.mission) void followed(host, identity.mission);
}

/** Hosts ask for contact from a card, too; without it there is the mission's page. @param {Host} host @param {string} topic */
const followed = (host, topic) =>
  import("../mission/asking/in_session.js").then(
    ({ contactsOf }) => {
      host.contacts = contactsOf({ session: host.store, topic, id: host.session, toast: (text) => host.acts.hint(text), update() {} });
    },
    () => {},
  );

/** @param {Host} host @param {string} id */
const card = ({ store, as, identity, acts, contacts }, id) =>
  void import("../session/people/person_card.js").then(
    ({ openCard }) => openCard({ store, as, mission: identity.mission, contacts, greet: (person, aloud) => greet({ acts }, person, aloud) }, id),
    () => acts.hint(t("problem.passing.text")),
  );

/**
 * @param {Host} host
 * @param {{board: ReturnType<typeof boardView>, desk: ReturnType<typeof deskView>}} page
 */
function listen(host, { board, desk }) {
  listenKeys(reader, {
    down: () => board.select(1),
    up: () => board.select(-1),
    approve: () => doWithSelected(host, "approve"),
    queue: () => doWithSelected(host, "queue"),
    deck: () => doWithSelected(host, "deck"),
    spotlight: () => doWithSelected(host, "spotlight"),
    dismiss: () => doWithSelected(host, "dismiss"),
    answer: () => answerLive(host),
    clear_stage: () => clearStage(host),
    next: () => next(host),
    greet: () => desk.greetNext(),
    undo: () => host.acts.undo(),
    help: () => host.open("help"),
  });
}

function nameRegions() {
  byId("tabs").setAttribute("aria-label", t("host.tabs"));
  byId("toasts").parentElement?.setAttribute("aria-label", t("host.toasts"));
  // also as long as there is nothing in them; what is live has a title that changes, which goes before this
  for (const panel of ["now", "desk", "board", "polls", "chat"]) byId(panel).setAttribute("aria-label", t(`host.${panel}`));
}

/** The other one than is seen now. */
function turnTheme() {
  const theme = pref("theme", "auto");
  const dark = theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  setPref("theme", dark ? "light" : "dark");
  applyTheme();
}

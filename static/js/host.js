/**
 * The host's dashboard: puts the panels together and hands them what has changed.
 *
 * Panels draw the store's records and this host's own view of them (views/host/ui.js); what a host does goes
 * through views/host/acts.js, which also knows the way back.
 */

import { Connection } from "./connection.js";
import { enter, sayWhose, whyNot } from "./enter.js";
import { currentLang, loadCatalog, t } from "./i18n.js";
import { byId, coverAll } from "./lib/dom.js";
import { attempt } from "./lib/failsafe.js";
import { watchWriting } from "./lib/keys.js";
import { applyTheme, pref, setPref, wantedLang } from "./lib/prefs.js";
import { growFields } from "./lib/grow.js";
import { guardPresses, Presses } from "./lib/press.js";
import { createStore } from "./store.js";
import { Acts } from "./views/host/acts.js";
import { boardPanel } from "./views/host/board.js";
import { chatPanel } from "./views/host/chat.js";
import { deskPanel } from "./views/host/desk.js";
import { createEnding } from "./views/host/ending.js";
import { createEnds } from "./views/host/ends.js";
import { headerPanel } from "./views/host/header.js";
import { createHelp } from "./views/host/help.js";
import { tellImitators } from "./views/host/imitators.js";
import { actOf, isStep } from "./views/host/keys.js";
import { tellNews } from "./views/host/news.js";
import { nowPanel } from "./views/host/now.js";
import { pollsPanel } from "./views/host/polls.js";
import { answerLive, clearStage, doWithSelected, next } from "./views/host/question_acts.js";
import { createRemoved } from "./views/host/removed.js";
import { createSettings } from "./views/host/settings.js";
import { tabsPanel } from "./views/host/tabs.js";
import { createToasts } from "./views/host/toasts.js";
import { Ui } from "./views/host/ui.js";
import { createNotice } from "./views/notice.js";
import { showProblem } from "./views/problem.js";
import { askWhose } from "./views/whose.js";

async function start() {
  applyTheme();
  guardPresses(document);
  growFields(document);
  await loadCatalog(wantedLang());
  try {
    dashboard(await enter("host").catch(whose));
  } catch (problem) {
    const { code, text, reason } = /** @type {import("./enter.js").Problem} */ (problem);
    showProblem(code, { text, reason });
  }
}

/** Where the link is a host's who is here already. @param {import("./enter.js").Problem} problem */
async function whose(problem) {
  const { name = "", token } = problem;
  if (!token) throw problem;
  const { page, back } = coverAll();
  const mine = await askWhose(page, name, () => sayWhose("host", token, { whose: "mine" }));
  back();
  if (mine) return mine;
  throw { code: "link.leads" };
}

/** @param {import("./enter.js").Identity} who */
function dashboard(who) {
  const connection = new Connection({ as: who.as });
  const store = createStore({ connection, topic: `session/${who.session}` });
  const toasts = createToasts(byId("toasts"));
  const acts = new Acts({ store, session: who.session, toasts });
  const ui = new Ui(soon);
  const host = /** @type {import("./views/host/parts.js").Host} */ ({ store, acts, ui, ...keysOf(who) });
  host.ends = createEnds(host);
  host.removed = createRemoved(host);
  const help = createHelp(host);
  const settings = createSettings(host);
  const ending = createEnding(host);
  const desk = deskPanel(byId("desk"), host);
  const board = boardPanel(byId("board"), host);
  const now = nowPanel(byId("now"), host);
  const header = headerPanel(byId("top"), host, {
    end: ending.open,
    help: help.open,
    settings: settings.open,
    theme: turnTheme,
    lang: turnLang,
  });
  const polls = pollsPanel(byId("polls"), host);
  const chat = chatPanel(byId("chat"), host);
  const tabs = tabsPanel(byId("tabs"), byId("panels"), host);
  const panels = { top: header, now, tabs, board, desk, polls, chat };

  let waiting = false;
  /** What several changes within one frame need is one drawing. */
  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => ((waiting = false), draw()));
  }

  function draw() {
    if (!store.position) return;
    for (const [place, panel] of Object.entries(panels)) attempt(byId(place), panel.draw);
    ending.draw();
    host.ends.draw();
    host.removed.draw();
  }

  function tick() {
    if (!store.position) return;
    attempt(byId("top"), header.draw);
    attempt(byId("now"), now.draw);
  }

  async function turnLang() {
    const lang = currentLang() === "nl" ? "en" : "nl";
    setPref("lang", lang);
    await loadCatalog(lang);
    for (const [place, panel] of Object.entries({ board, desk, polls, chat }))
      attempt(byId(place), panel.redraw);
    nameRegions();
    draw();
  }

  /** @type {Record<import("./views/host/keys.js").Act, () => void>} */
  const keys = {
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
    undo: () => acts.undo(),
    help: () => help.open(),
  };
  const mayAct = watchWriting(document);
  const presses = new Presses();
  document.addEventListener("keydown", (event) => {
    const act = actOf(event, ui.now.keys);
    if (!act || !mayAct(event)) return;
    event.preventDefault();
    if (!presses.isAgain(act, event.timeStamp) || isStep(act)) keys[act]();
  });

  const notice = createNotice(byId("notice"), { store, device: who.device });
  store.subscribe(draw);
  store.subscribe(() => attempt(byId("notice"), notice));
  store.subscribe(tellImitators(host, toasts));
  tellNews(store);
  setInterval(tick, 1000);
  nameRegions();
  connection.addEventListener("link", () => connection.link.state === "ended" && void ended(connection));
  connection.start();
}

/** @param {import("./enter.js").Identity} who */
const keysOf = ({ session, as, device }) => ({ session, as, device });

/** @param {Connection} connection */
async function ended({ link, as }) {
  if (link.code === 1000) return;
  const reason = link.reason || (link.cause === "person.removed" ? (await whyNot(as))?.reason : "");
  showProblem(link.cause || `link.${link.code}`, { text: link.text, reason });
}

function nameRegions() {
  byId("tabs").setAttribute("aria-label", t("host.tabs"));
  byId("toasts").setAttribute("aria-label", t("host.toasts"));
}

/** The other one than is seen now. */
function turnTheme() {
  const theme = pref("theme", "auto");
  const dark = theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  setPref("theme", dark ? "light" : "dark");
  applyTheme();
}

void start();

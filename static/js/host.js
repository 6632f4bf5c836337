/**
 * The host's dashboard: puts the panels together and hands them what has changed.
 *
 * Panels draw the store's records and this host's own view of them (views/host/ui.js); what a host does goes
 * through views/host/acts.js, which also knows the way back.
 */

import { Connection } from "./connection.js";
import { enter } from "./enter.js";
import { currentLang, loadCatalog, t } from "./i18n.js";
import { byId } from "./lib/dom.js";
import { applyTheme, pref, setPref, wantedLang } from "./lib/prefs.js";
import { createStore } from "./store.js";
import { Acts } from "./views/host/acts.js";
import { boardPanel } from "./views/host/board.js";
import { chatPanel } from "./views/host/chat.js";
import { deskPanel } from "./views/host/desk.js";
import { headerPanel } from "./views/host/header.js";
import { createHelp } from "./views/host/help.js";
import { actOf } from "./views/host/keys.js";
import { tellNews } from "./views/host/news.js";
import { nowPanel } from "./views/host/now.js";
import { pollsPanel } from "./views/host/polls.js";
import { answerLive, clearStage, doWithSelected, next } from "./views/host/question_acts.js";
import { createSettings } from "./views/host/settings.js";
import { tabsPanel } from "./views/host/tabs.js";
import { createToasts } from "./views/host/toasts.js";
import { Ui } from "./views/host/ui.js";
import { drawProblem } from "./views/problem.js";

async function start() {
  applyTheme();
  await loadCatalog(wantedLang());
  try {
    dashboard(await enter("host"));
  } catch (problem) {
    showProblem(/** @type {import("./enter.js").Problem} */ (problem));
  }
}

/** @param {import("./enter.js").Identity} who */
function dashboard(who) {
  const connection = new Connection({ as: who.as });
  const store = createStore({ connection, topic: `session/${who.session}` });
  const toasts = createToasts(byId("toasts"));
  const acts = new Acts({ store, session: who.session, toasts });
  const ui = new Ui(soon);
  const host = { store, acts, ui, session: who.session, as: who.as };
  const help = createHelp(host);
  const settings = createSettings(host);
  const desk = deskPanel(byId("desk"), host);
  const board = boardPanel(byId("board"), host);
  const now = nowPanel(byId("now"), host);
  const header = headerPanel(byId("top"), host, {
    help: help.open,
    settings: settings.open,
    theme: turnTheme,
    lang: turnLang,
  });
  const listed = [desk, pollsPanel(byId("polls"), host), chatPanel(byId("chat"), host)];
  const panels = [header, now, tabsPanel(byId("tabs"), byId("panels"), host), board, ...listed];

  let waiting = false;
  /** What several changes within one frame need is one drawing. */
  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => ((waiting = false), draw()));
  }

  function draw() {
    if (store.position) for (const panel of panels) panel.draw();
  }

  function tick() {
    if (!store.position) return;
    header.draw();
    now.draw();
  }

  async function turnLang() {
    const lang = currentLang() === "nl" ? "en" : "nl";
    setPref("lang", lang);
    await loadCatalog(lang);
    for (const panel of listed) panel.redraw();
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
  document.addEventListener("keydown", (event) => {
    const act = actOf(event, ui.now.keys);
    if (!act) return;
    event.preventDefault();
    keys[act]();
  });

  store.subscribe(draw);
  tellNews(store);
  setInterval(tick, 1000);
  nameRegions();
  connection.addEventListener("link", () => connection.link.state === "ended" && showProblem(connection.link));
  connection.start();
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

/** @param {{code: string|number|null, text?: string}} problem */
function showProblem({ code, text }) {
  drawProblem(document.body, { code: String(code ?? ""), text });
}

void start();

/**
 * The stage screen: a picture for OBS or a hall, that never shows an error on air.
 *
 * `?transparent=1` draws the cards only · `?theme=light` for a bright hall · `?lang=nl`. After a lost
 * connection the last picture stays, and a small line in the corner says since when. What cannot be drawn leaves
 * the last good picture, too.
 */

import { Connection } from "./connection.js";
import { enter, sessionId } from "./enter.js";
import { loadCatalog, currentLang, t } from "./i18n.js";
import { byId } from "./lib/dom.js";
import { survive } from "./lib/failsafe.js";
import { createStore } from "./store.js";
import { watchLink } from "./views/stage/link.js";
import { EMPTY, sceneOf } from "./views/stage/scene.js";
import { createScreen } from "./views/stage/screen.js";

const RETRY_MS = 5000;

const wishes = new URLSearchParams(location.search);

async function start() {
  const root = document.documentElement;
  root.classList.toggle("is-transparent", wishes.get("transparent") === "1");
  root.dataset.theme = wishes.get("theme") === "light" ? "light" : "dark";
  await untilLoaded(wishes.get("lang") ?? root.lang);
  const screen = createScreen(byId("screen"));
  const who = await untilKnown();
  const connection = new Connection({ as: who.as });
  const store = createStore({ connection, topic: `session/${sessionId()}` });
  let scene = EMPTY;

  function draw() {
    scene = sceneOf(factsOf(store), scene);
    screen.draw(scene, { lang: currentLang(), now: Date.now() });
    if (scene.session) document.title = scene.session.title;
  }

  const drawSafely = () => void survive("stage", draw);
  store.subscribe(drawSafely);
  setInterval(drawSafely, 1000);
  const isOverVideo = root.classList.contains("is-transparent");
  watchLink(connection, { say: sign, dot: (on) => (byId("dot").hidden = !on), isOverVideo });
  connection.start();
}

/** @param {import("./store.js").Store} store @returns {import("./views/stage/scene.js").Facts} */
function factsOf(store) {
  return /** @type {any} */ ({
    session: store.get("session", sessionId()),
    stage: store.get("stage", "now"),
    questions: store.all("question"),
    polls: store.all("poll"),
    now: Date.now(),
  });
}

/** @param {string} lang */
async function untilLoaded(lang) {
  for (;;) {
    try {
      return await loadCatalog(lang);
    } catch {
      await later();
    }
  }
}

/** A stage that was switched on before the server was: try again, and say why in the corner. */
async function untilKnown() {
  for (;;) {
    try {
      const who = await enter("stage");
      sign("");
      return who;
    } catch (problem) {
      const { status } = /** @type {import("./enter.js").Problem} */ (problem);
      sign(t(status === 401 || status === 403 ? "stage.new_link" : "stage.waiting_server"));
      await later();
    }
  }
}

/** @param {string} text */
function sign(text) {
  byId("sign").textContent = text;
  byId("sign").hidden = !text;
}

const later = () => new Promise((resume) => setTimeout(resume, RETRY_MS));

void start();

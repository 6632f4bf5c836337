/**
 * The stage screen: a picture for OBS or a hall, that never shows an error on air.
 *
 * Its address says how it looks (`session/stage/options.js`), and its language by `?lang=nl`. After a lost
 * connection the last picture stays, and a small line in the corner says since when. What cannot be drawn leaves
 * the last good picture, too.
 */

import { connect } from "../app/boot.js";
import { enter } from "../app/enter.js";
import { loadCatalog, currentLang, t } from "../app/i18n.js";
import { byId } from "../app/lib/dom.js";
import { survive } from "../app/lib/failsafe.js";
import { serverNow } from "../app/lib/now.js";
import { watchLink } from "./stage/link.js";
import { factsOf } from "../session/stage/facts.js";
import { createJoin } from "../session/stage/join.js";
import { optionsOf } from "../session/stage/options.js";
import { EMPTY, sceneOf } from "../session/stage/scene.js";
import { createRun } from "../session/running/screen.js";
import { createScreen } from "../session/stage/screen.js";

const RETRY_MS = 5000;

const options = optionsOf(location.search);

async function start() {
  const root = document.documentElement;
  root.classList.toggle("is-transparent", options.isOver);
  root.dataset.theme = options.theme;
  // the server took it from the address, or else from the browser
  await untilLoaded(root.lang);
  const screen = createScreen(byId("screen"), options);
  const who = await untilKnown();
  const store = connect(who);
  const join = createJoin(who.session, who.as, () => drawSafely());
  let scene = EMPTY;

  /** @param {import("../session/records.js").Session} [session] */
  function besides(session) {
    const { join: where = "", logo = "" } = session ?? {};
    return { join: options.join ?? Boolean(where) ? join.of(where) : null, logo: options.logo ?? logo };
  }

  function draw() {
    scene = sceneOf(factsOf(store, who.session), scene);
    screen.draw(scene, { lang: currentLang(), now: serverNow(), ...besides(scene.session) });
    if (scene.session) document.title = scene.session.title;
    drawRun(store);
  }

  const drawRun = createRun(byId("run"), options.isOver);
  const drawSafely = () => void survive("stage", draw);
  store.subscribe(drawSafely);
  setInterval(drawSafely, 1000);
  const isOverVideo = options.isOver;
  watchLink(store.connection, { say: sign, dot: (on) => (byId("dot").hidden = !on), isOverVideo, zone: options.zone });
  store.connection.start();
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
      const { status } = /** @type {import("../app/enter.js").Problem} */ (problem);
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

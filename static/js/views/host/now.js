/**
 * On stage now: a small true picture of the stage, and the three things to do with whoever is live.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Question} Question
 */

import { find, html, nothing, render } from "../../lib/dom.js";
import { show, survive } from "../../lib/failsafe.js";
import { currentLang, t } from "../../i18n.js";
import { clock } from "../../lib/time.js";
import { createScreen } from "../stage/screen.js";
import { EMPTY, sceneOf } from "../stage/scene.js";
import { nextUp } from "./groups.js";
import { actButton, askerLine, askerName, empty } from "./parts.js";
import { answerLive, clearStage, next, questionOf, stageOf } from "./question_acts.js";

/** @param {HTMLElement} root @param {Host} host */
export function nowPanel(root, host) {
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const screen = createScreen(part("preview"));
  let scene = EMPTY;

  return {
    draw() {
      const live = questionOf(host, stageOf(host)?.live);
      const coming = questionOf(host, nextUp(stageOf(host)));
      survive("preview", () => {
        scene = sceneOf(factsOf(host.store, host.session), scene);
        screen.draw(scene, { lang: currentLang(), now: Date.now() });
      });
      show(part("head"), () => drawHead(host, live));
      markLive(part("live"), host, live);
      show(part("live"), () => (live ? drawWho(live) : drawNobody(coming)));
      show(part("acts"), () => (live ? drawLiveActs(coming, host) : coming ? drawBringOn(host) : nothing));
    },
  };
}

/** @param {import("../../store.js").Store} store @param {string} session @returns {import("../stage/scene.js").Facts} */
export function factsOf(store, session) {
  return /** @type {any} */ ({
    session: store.get("session", session),
    stage: store.get("stage", "now"),
    questions: store.all("question"),
    polls: store.all("poll"),
    now: Date.now(),
  });
}

const SHELL = html`<div data-part="head"></div>
  <div class="now" data-keys="within">
    <div class="preview" data-part="preview" aria-hidden="true" inert></div>
    <div class="now-live" data-part="live"></div>
    <div class="acts" data-part="acts"></div>
  </div>`;

/** @param {Host} host @param {Question|undefined} live */
function drawHead(host, live) {
  const stage = `/stage/${encodeURIComponent(host.session)}?as=${encodeURIComponent(host.as)}`;
  return html`<div class="panel-head">
    <h2 id="now-title">${t("host.now")}</h2>
    ${
      live
        ? html`<p class="on-air">
            <span class="badge is-live">${t("host.now.live")}</span>
            ${live.live_at ? html`<span class="clock">${clock(Math.max(0, Date.now() - live.live_at))}</span>` : nothing}
          </p>`
        : nothing
    }
    <a class="link" href=${stage} target="_blank" rel="noopener">${t("host.now.open_stage")}</a>
  </div>`;
}

/** So that `j` and `k` reach the live one too. @param {HTMLElement} box @param {Host} host @param {Question|undefined} live */
function markLive(box, host, live) {
  box.tabIndex = -1;
  box.classList.toggle("is-selected", Boolean(live) && host.ui.now.selected === live?.id);
  if (live) box.dataset.question = live.id;
  else delete box.dataset.question;
}

/** @param {Question} question */
const drawWho = (question) =>
  html`<p class="card-text">${question.text}</p>
    <p class="facts">${askerLine(question)}</p>`;

/** @param {Question|undefined} coming */
function drawNobody(coming) {
  if (!coming) return empty(t("host.now.empty"));
  return html`<p class="facts">${t("host.now.next_up")}</p>
    ${drawWho(coming)}`;
}

/** @param {Question|undefined} coming @param {Host} host */
function drawLiveActs(coming, host) {
  const who = coming ? html`<span class="roomy">: ${askerName(coming.asker)}</span>` : nothing;
  return html`${actButton("answer", t("host.act.answer"), () => answerLive(host), { look: "is-primary" })}
  ${actButton("next", html`<span>${t("host.act.next")}${who}</span>`, () => next(host))}
  ${actButton("clear_stage", t("host.act.clear_stage"), () => clearStage(host), { look: "is-quiet" })}`;
}

/** @param {Host} host */
const drawBringOn = (host) => actButton("next", t("host.act.bring_on"), () => next(host), { look: "is-primary" });

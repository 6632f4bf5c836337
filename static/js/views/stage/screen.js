/**
 * A screen that shows a scene: the stage page itself, and the host's small picture of it.
 *
 * Everything is laid out for 1920×1080 in units of `--u`, one of that picture's pixels as it is here. Not in
 * container units: OBS brings older browser engines, which do not know them.
 *
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("./scene.js").Recent} Recent
 * @typedef {{lang: string, now: number}} Setting
 * @typedef {{id: string, scene: Scene, setting: Setting}} Picture
 * @typedef {Recent & {id: string}} Row
 */

import { find, html, render } from "../../lib/dom.js";
import { survive } from "../../lib/failsafe.js";
import { keyedList } from "../../lib/list.js";
import { drawHolding } from "./holding.js";
import { fitText } from "./fit.js";
import { drawPoll } from "./poll.js";
import { drawQuestion, drawRecent } from "./question.js";

const WIDTH = 1920;
const HEIGHT = 1080;

/** @param {HTMLElement} root an element that nothing else draws into */
export function createScreen(root) {
  root.classList.add("screen");
  render(SHELL, root);
  const main = /** @type {HTMLElement} */ (find(".screen-main", root));
  const picture = keyedList(main, { tag: "section", draw: drawPicture, row: markPicture, whole: true });
  const foot = /** @type {HTMLElement} */ (find(".screen-rail", root));
  const rail = keyedList(foot, { draw: (/** @type {Row} */ row) => drawRecent(row), row: markRecent, whole: true });
  new ResizeObserver(() => {
    root.style.setProperty("--u", `${Math.min(root.clientWidth / WIDTH, root.clientHeight / HEIGHT)}px`);
    fitText(main);
  }).observe(root);

  return {
    /** What cannot be drawn leaves what was there: nothing ugly goes on air. @param {Scene} scene @param {Setting} setting */
    draw(scene, setting) {
      survive("picture", () => {
        // another key is another element, so that each question enters on its own and nothing morphs
        picture.update([{ id: keyOf(scene), scene, setting }]);
        root.dataset.shows = scene.shows;
        root.lang = setting.lang;
        fitText(main);
      });
      survive("rail", () => rail.update(scene.rail.map((recent) => ({ ...recent, id: recent.question.id }))));
    },
  };
}

const SHELL = html`<div class="screen-main"></div>
  <ol class="screen-rail"></ol>`;

/** @param {Scene} scene */
function keyOf({ shows, question, poll }) {
  if (shows === "question") return `question/${question?.id}`;
  return shows === "poll" ? `poll/${poll?.id}` : shows;
}

/** @param {Picture} picture */
function drawPicture({ scene, setting }) {
  if (scene.shows === "question" && scene.question) return drawQuestion(scene.question);
  if (scene.shows === "poll" && scene.poll) return drawPoll(scene.poll);
  return scene.session ? drawHolding(scene.session, setting.now) : html``;
}

/** @param {HTMLElement} section @param {Picture} picture */
function markPicture(section, { scene }) {
  section.className = `picture is-${scene.shows}`;
}

/** @param {HTMLElement} row @param {Row} recent */
function markRecent(row, { age }) {
  row.className = "recent";
  // still readable until it goes; the last minute fades it out
  row.style.opacity = String(age < 0.8 ? 1 - age / 2 : Math.max(0, 3 * (1 - age)));
}

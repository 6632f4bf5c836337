/**
 * A screen that shows a scene: the stage page itself, and the host's small pictures of it.
 *
 * Everything is laid out for 1920×1080 in units of `--u`, one of that picture's pixels as it is here. Not in
 * container units: OBS brings older browser engines, which do not know them.
 *
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("./scene.js").Recent} Recent
 * @typedef {import("./options.js").Options} Options
 * @typedef {import("./join.js").Join} Join
 * @typedef {{lang: string, now: number, join?: Join|null, logo?: string}} Setting
 * @typedef {{id: string, scene: Scene, setting: Setting, options: Options}} Picture
 * @typedef {Recent & {id: string}} Row
 */

import { find, html, nothing, render } from "../../app/lib/dom.js";
import { survive } from "../../app/lib/failsafe.js";
import { keyedList } from "../../app/lib/list.js";
import { lengthOf } from "../../app/lib/words.js";
import { t } from "../../app/i18n.js";
import { drawHolding } from "../programme/stage.js";
import { colours } from "./colours.js";
import { fitRail, fitText } from "./fit.js";
import { drawPoll } from "../polls/stage.js";
import { drawJoin } from "./join.js";
import { DEFAULTS } from "./options.js";
import { drawQuestion, drawRecent, words } from "./question.js";

const WIDTH = 1920;
const HEIGHT = 1080;
/** Code points of a question, and of a poll with its options, that a third of the height has room for. */
const THIRD_MAX = 160;
const THIRD_OPTIONS = 4;
const CARD = { dark: "#0d1618", light: "#fffdfa" };

/** @param {HTMLElement} root an element that nothing else draws into @param {Options} [options] */
export function createScreen(root, options = DEFAULTS) {
  dress(root, options);
  render(SHELL, root);
  const main = /** @type {HTMLElement} */ (find(".screen-main", root));
  const strip = /** @type {HTMLElement} */ (find(".screen-strip", root));
  const picture = keyedList(main, { tag: "section", draw: drawPicture, row: markPicture, whole: true });
  const foot = /** @type {HTMLElement} */ (find(".screen-rail", root));
  const list = /** @type {HTMLElement} */ (find(".recents", foot));
  const rail = keyedList(list, { draw: (/** @type {Row} */ row) => drawRecent(row), row: markRecent, whole: true });
  new ResizeObserver(() => {
    root.style.setProperty("--u", `${Math.min(root.clientWidth / WIDTH, root.clientHeight / HEIGHT)}px`);
    fitText(main);
    fitRail(foot);
  }).observe(root);

  let drawn = "";
  let measured = "";

  /** @param {Scene} scene @param {Setting} setting @param {string} now what `told` says of them */
  function drawMain(scene, setting, now) {
    // another key is another element, so that each question enters on its own and nothing morphs
    picture.update([{ id: keyOf(scene), scene, setting, options }]);
    render(options.isOver ? nothing : drawStrip(scene, setting), strip);
    root.dataset.shows = scene.shows;
    root.lang = setting.lang;
    fitText(main);
    drawn = now;
  }

  /** @param {Scene} scene */
  function drawRail({ rail: recent }) {
    foot.hidden = !recent.length;
    /** @type {HTMLElement} */ (find(".recent-tag", foot)).textContent = t("stage.just_asked");
    rail.update(recent.map((one) => ({ ...one, id: one.question.id })));
    const now = recent.map(({ question }) => JSON.stringify(question.asker)).join() + root.lang;
    if (now !== measured) fitRail(foot);
    measured = now;
  }

  return {
    /** What cannot be drawn leaves what was there: nothing ugly goes on air. @param {Scene} scene @param {Setting} setting */
    draw(scene, setting) {
      const now = told(scene, setting);
      if (now !== drawn) survive("picture", () => drawMain(scene, setting, now));
      survive("rail", () => drawRail(scene));
    },
  };
}

const SHELL = html`<div class="screen-strip"></div>
  <div class="screen-main"></div>
  <div class="screen-rail" hidden><span class="recent-tag"></span><ol class="recents"></ol></div>`;

/** @param {HTMLElement} root @param {Options} options */
function dress(root, options) {
  root.className = `${root.className.replace(/\bis-over\b/, "")} screen ${options.isOver ? "is-over" : ""}`.trim();
  Object.assign(root.dataset, { place: options.place, size: options.size, tone: options.theme });
  root.removeAttribute("style");
  for (const [name, value] of Object.entries(colours(options, CARD[options.theme]))) root.style.setProperty(name, value);
}

/** All that a picture shows: to measure how its words fit takes long. @param {Scene} scene @param {Setting} setting */
function told({ rail: _, ...scene }, { lang, now, join, logo }) {
  const ticks = scene.shows === "poll" ? scene.poll?.closes_at : scene.shows !== "question";
  return JSON.stringify([scene, lang, join, logo, ticks && Math.floor(now / 1000)]);
}

/** @param {Scene} scene */
function keyOf({ shows, question, poll }) {
  if (shows === "question") return `question/${question?.id}`;
  return shows === "poll" ? `poll/${poll?.id}` : shows;
}

/** @param {Picture} picture */
function drawPicture({ scene, setting, options }) {
  const corner = options.isOver ? html`${drawTitle(scene)} ${drawLogo(setting)}` : nothing;
  if (scene.shows === "question" && scene.question) return drawQuestion(scene.question, corner);
  const where = joinOf(scene, setting);
  const join = where ? drawJoin(where) : nothing;
  if (scene.shows === "poll" && scene.poll) return html`${drawPoll({ ...scene, poll: scene.poll, now: setting.now, corner })} ${join}`;
  return scene.session ? html`${drawHolding(scene.session, setting.now, options.zone)} ${join}` : html``;
}

/** @param {Scene} scene @param {Setting} setting */
function drawStrip(scene, setting) {
  return html`${scene.shows === "holding" ? html`<span></span>` : drawTitle(scene)} ${drawLogo(setting)}`;
}

/** @param {Scene} scene */
const drawTitle = ({ session }) => (session ? html`<p class="screen-title">${words(session.title)}</p>` : nothing);

/** A picture that does not come leaves no gap, and no broken one. @param {Setting} setting */
function drawLogo({ logo }) {
  const seen = (/** @type {boolean} */ is) => (/** @type {Event} */ event) =>
    void (/** @type {HTMLElement} */ (event.target).hidden = !is);
  return logo
    ? html`<img class="logo" src=${logo} alt="" referrerpolicy="no-referrer" @load=${seen(true)} @error=${seen(false)} />`
    : nothing;
}

/** @param {HTMLElement} section @param {Picture} picture */
function markPicture(section, { scene, setting }) {
  const marks = { "has-join": joinOf(scene, setting), "is-long": isLong(scene), "has-no-room": hasNoRoom(scene) };
  const given = Object.entries(marks).filter(([, is]) => is);
  section.className = ["picture", `is-${scene.shows}`, ...given.map(([mark]) => mark)].join(" ");
}

/** Where there is something to come in for, and nobody's question has the picture. @param {Scene} scene @param {Setting} setting */
const joinOf = ({ shows, session }, { join }) => (shows !== "question" && session?.state !== "closed" ? join : null);

/** Whether it may have more than a third of the height over a video. @param {Scene} scene */
function isLong({ shows, question, poll }) {
  if (shows === "question" && question) return lengthOf(question.text) > THIRD_MAX;
  if (shows !== "poll" || !poll) return false;
  const said = [poll.question, ...poll.options.map((option) => option.text)].join("");
  const isTall = poll.counted !== undefined && !["choice", "quiz"].includes(poll.form);
  return isTall || poll.options.length > THIRD_OPTIONS || lengthOf(said) > THIRD_MAX;
}

/** Whether the question needs the room that a line about its asker would have. @param {Scene} scene */
const hasNoRoom = ({ question }) => lengthOf((question?.text ?? "") + (question?.asker.pitch ?? "")) > THIRD_MAX;

/** @param {HTMLElement} row @param {Row} recent */
function markRecent(row, { age }) {
  // what was found to fit stays as it is while it ages
  row.classList.add("recent");
  // still readable until it goes; the last minute fades it out
  row.style.opacity = String(age < 0.8 ? 1 - age / 2 : Math.max(0, 3 * (1 - age)));
}

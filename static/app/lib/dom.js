/** Drawing (lit-html, by its one file), saying things to screen readers, and moving focus. */

import { html, nothing, render, svg } from "../../vendor/lit-html.js";

export { html, nothing, render, svg };

/** A screen reader that is told every second what changed cannot be listened to. */
const BREATH_MS = 1500;

/** @type {string[]} */
let unsaid = [];
/** @type {any} */
let speaking = null;

/**
 * Say something to those who listen: politely, and what comes too fast is said together.
 * @param {string} text
 */
export function announce(text) {
  if (!text || unsaid.includes(text)) return;
  // before it speaks: what a region held as it came is not read out
  liveRegion();
  unsaid.push(text);
  speaking ??= setTimeout(say, 100);
}

function say() {
  const region = liveRegion();
  region.textContent = unsaid.slice(-3).join(". ");
  unsaid = [];
  speaking = setTimeout(() => {
    speaking = null;
    if (unsaid.length) say();
    // what was said is over: nobody should come across it later while reading the page
    else region.textContent = "";
  }, BREATH_MS);
}

function liveRegion() {
  let region = document.getElementById("announcements");
  if (!region) {
    region = document.createElement("div");
    region.id = "announcements";
    region.className = "unseen";
    region.translate = false;
    region.setAttribute("role", "status");
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
    keepReachable(region);
  }
  return region;
}

/** @type {HTMLElement[]} */
const reachable = [];

/** For what is to be heard or pressed at any time: an open dialog makes all outside of it inert. @param {HTMLElement} element */
export function keepReachable(element) {
  reachable.push(element);
  intoDialog();
}

/** To be called when a dialog was opened or closed. */
export function intoDialog() {
  const inside = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  for (const one of reachable) if (one.parentElement !== inside) inside.append(one);
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}

/**
 * @template {Element} [E=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {E|null}
 */
export function find(selector, within = document) {
  return /** @type {E|null} */ (within.querySelector(selector));
}

/**
 * A page in the place of all there is, which stays, hidden, for whoever still draws into it.
 * @returns {{page: HTMLElement, back: () => void}} and the way back
 */
export function coverAll() {
  const { body } = document;
  const { className } = body;
  document.querySelectorAll("dialog").forEach((dialog) => dialog.close());
  intoDialog();
  const covered = [...body.children].filter((one) => one instanceof HTMLElement && !one.hidden);
  const hide = (/** @type {boolean} */ on) => covered.forEach((one) => one.toggleAttribute("hidden", on));
  const page = document.createElement("div");
  const back = () => (page.remove(), hide(false), void (body.className = className));
  hide(true);
  body.className = "";
  body.append(page);
  return { page, back };
}

const FOCUSABLE = "a[href],button:not([disabled]),input:not([disabled]),select,textarea,[tabindex='0']";

/** @param {ParentNode} within */
export function focusFirst(within) {
  find(`[autofocus],${FOCUSABLE}`, within)?.focus();
}

/** Whether the viewer asked for less movement. */
export function isCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

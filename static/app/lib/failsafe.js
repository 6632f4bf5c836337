/** Drawing that may fail without taking the page along: the part that failed says so, the others go on. */

import { t } from "../i18n.js";
import { html, render } from "./dom.js";

/** Faults that the console has been told. @type {Set<string>} */
const told = new Set();

/**
 * Draw one template into a place of its own.
 * @param {HTMLElement} place
 * @param {() => unknown} draw
 * @param {(again: () => void) => unknown} [instead] what stands there if it fails
 */
export function show(place, draw, instead = failed) {
  const without = (/** @type {unknown} */ fault) => {
    report(nameOf(place), fault);
    return instead(() => show(place, draw, instead));
  };
  /** @type {unknown} */
  let drawn;
  try {
    drawn = draw();
  } catch (fault) {
    drawn = without(fault);
  }
  try {
    render(drawn, place);
  } catch (fault) {
    forget(place);
    render(without(fault), place);
  }
}

/**
 * Run what draws a whole part. While it fails, its place is covered by a line that says so.
 * @param {HTMLElement} place
 * @param {() => void} run
 */
export function attempt(place, run) {
  if (!survive(nameOf(place), run)) return cover(place, () => attempt(place, run));
  if (!place.classList.contains("is-covered")) return;
  place.classList.remove("is-covered");
  coverOf(place)?.remove();
}

/**
 * Run something whose failure nobody before this screen need see.
 * @param {string} name
 * @param {() => void} run
 * @returns {boolean} whether it worked
 */
export function survive(name, run) {
  try {
    run();
    return true;
  } catch (fault) {
    report(name, fault);
    return false;
  }
}

/** For a row of a list: its neighbours are all there, so it says less. */
export const failedRow = () => html`<p class="failed">${t("broken.row")}</p>`;

/** @param {() => void} again */
const failed = (again) =>
  html`<p class="failed" role="status">
    ${t("broken.part")}
    <button type="button" class="button is-small is-quiet" @click=${again}>${t("broken.again")}</button>
  </p>`;

/** @param {HTMLElement} place @param {() => void} again */
function cover(place, again) {
  place.classList.add("is-covered");
  const box = coverOf(place) ?? document.createElement("div");
  box.className = "failed-cover";
  place.append(box);
  render(failed(again), box);
}

/** @param {HTMLElement} place @returns {HTMLElement|null} */
const coverOf = (place) => place.querySelector(":scope > .failed-cover");

/** What lit-html was interrupted in, it cannot go on with. @param {HTMLElement} place */
function forget(place) {
  delete (/** @type {any} */ (place)["_$litPart$"]);
  place.replaceChildren();
}

/**
 * To the console, once for each fault: by its kind and its place in the code, for its message may hold words of
 * people.
 * @param {string} name @param {unknown} fault
 */
function report(name, fault) {
  const { name: kind = "", stack = "" } = fault instanceof Error ? fault : {};
  const line = `${name} could not be drawn: ${kind} at ${/\/static\/([\w./-]+:\d+)/.exec(stack)?.[1] ?? "?"}`;
  if (told.has(line)) return;
  told.add(line);
  console.error(line);
}

/** @param {HTMLElement} place */
function nameOf(place) {
  const around = place.parentElement?.closest("[id]")?.id;
  return [around, place.id || place.dataset.part || place.localName].filter(Boolean).join("/");
}

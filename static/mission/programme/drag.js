/**
 * Dragging: what stands on a day's strip goes by quarters of an hour along it, and to the strip of another day.
 *
 * Beside it each row has buttons for the same, so this is for a pointer alone. Escape lets it be.
 */

import { html, render } from "../../app/lib/dom.js";
import { everywhere, shortDay } from "./days.js";
import { daysTo, movedDays, STEP_MS, zonesOf } from "./plan.js";
import { moment, there } from "./times.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */
/** @typedef {import("../records.js").Slot} Slot */
/** @typedef {import("../records.js").Mission} Mission */
/** @typedef {{slot: Slot, mission: Mission, block: HTMLElement, x: number, ms: number, days: number, hint: HTMLElement}} Drag */

/** A press that strays so little is no drag. */
const STRAY_PX = 4;

/**
 * @param {HTMLElement} list @param {{room: Organiser, moves: ReturnType<typeof import("./moves.js").createMoves>, ended: () => void}} how
 */
export function listenDrag(list, { room, moves, ended }) {
  /** @type {Drag|null} */
  let drag = null;

  /** @param {PointerEvent} event */
  function begin(event) {
    const block = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-block]"));
    const slot = block && /** @type {Slot|undefined} */ (room.store.get("slot", block.dataset.block));
    const mission = room.about();
    if (!block || !slot || !mission || event.button) return;
    event.preventDefault();
    const hint = document.createElement("p");
    hint.className = "drag-hint";
    drag = { slot, mission, block, x: event.clientX, ms: 0, days: 0, hint };
    block.setPointerCapture(event.pointerId);
    block.classList.add("is-dragged");
    block.after(hint);
  }

  /** @param {PointerEvent} event */
  function move({ clientX, clientY }) {
    if (!drag) return;
    const strip = /** @type {HTMLElement} */ (drag.block.closest("[data-strip]"));
    const zone = zonesOf(drag.mission)[0];
    const day = strip.dataset.strip ?? "";
    const hours = moment(day, 1440, zone) - moment(day, 0, zone);
    const by = ((clientX - drag.x) / strip.clientWidth) * hours;
    drag.ms = Math.abs(clientX - drag.x) < STRAY_PX ? 0 : Math.round(by / STEP_MS) * STEP_MS;
    const over = stripAt(clientX, clientY) ?? strip;
    drag.days = daysTo(drag.slot, over.dataset.strip ?? day, zone);
    drag.block.style.translate = `${(drag.ms / hours) * strip.clientWidth}px ${over.getBoundingClientRect().top - strip.getBoundingClientRect().top}px`;
    const times = timesOf(drag, zone);
    const said = { from: times.starts_at, to: times.ends_at };
    render(html`${shortDay(there(said.from, zone).day)} ${everywhere(said, drag.mission)}`, drag.hint);
  }

  /** @param {number} x @param {number} y */
  function stripAt(x, y) {
    const found = document.elementsFromPoint(x, y).map((one) => one.closest("[data-day]"));
    return /** @type {HTMLElement|null} */ (found.find(Boolean)?.querySelector("[data-strip]") ?? null);
  }

  function drop() {
    if (!drag) return;
    const { slot, ms, days } = drag;
    end();
    if (days) void moves.days(slot, days, ms);
    else if (ms) void moves.by(slot, ms);
  }

  function end() {
    if (!drag) return;
    drag.block.style.removeProperty("translate");
    drag.block.classList.remove("is-dragged");
    drag.hint.remove();
    drag = null;
    ended();
  }

  list.addEventListener("pointerdown", begin);
  list.addEventListener("pointermove", move);
  list.addEventListener("pointerup", drop);
  list.addEventListener("pointercancel", end);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && end());
  return { isOn: () => drag !== null };
}

/** @param {Drag} drag @param {string} zone */
function timesOf({ slot, ms, days }, zone) {
  const { starts_at, ends_at } = movedDays(slot, days, zone);
  return { starts_at: starts_at + ms, ends_at: ends_at + ms };
}

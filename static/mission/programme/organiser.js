/**
 * The programme as organisers plan it: day by day, each hour at every place, with the hours that are good for all.
 *
 * One list of days and of what is on, so that a row keeps its element wherever it goes; while somebody is at it,
 * what others change waits, and nothing moves under a pointer.
 *
 * @typedef {import("../../pages/organise/frame.js").Organiser} Organiser
 * @typedef {import("../records.js").Slot} Slot
 * @typedef {import("../records.js").Mission} Mission
 * @typedef {{id: string, day: string, slots: Slot[], mission: Mission}} DayRow
 * @typedef {{id: string, slot: Slot, mission: Mission, names: string, days: string[], open: boolean}} SlotRow
 */

import { t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { empty } from "../../parts/act.js";
import { heldStill, hold } from "../../parts/hold.js";
import { roving } from "../../parts/roving.js";
import { drawDay } from "./day.js";
import { listenDrag } from "./drag.js";
import { byDay, zonesOf } from "./plan.js";
import { createSlotForm } from "./slot_form.js";
import { drawSlot } from "./slot_row.js";
import { drawTurns } from "./turns.js";
import { createMoves } from "./moves.js";

/** @param {Organiser} room */
export function create(room) {
  const root = room.place("programme");
  const moves = createMoves(room, () => release());
  const form = createSlotForm(room, { done: () => release() });
  /** What of the list is on screen while somebody is at it. @type {string[]|null} */
  let held = null;
  /** @type {string[]} */
  let shown = [];
  /** Of which slot more can be done. */
  let opened = "";

  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const acts = { ...moves, plan: form.plan, edit: form.edit, open, enter: (/** @type {Slot} */ slot) => `/host/${slot.id}?as=${room.as}` };
  const list = keyedList(part("plan"), {
    draw: (/** @type {DayRow|SlotRow} */ row) => ("slot" in row ? drawSlot(row, acts, room) : drawDay(row, acts)),
    row: (element, row) => {
      element.className = "slot" in row ? "plan-slot" : "plan-day";
      if ("day" in row) element.dataset.day = row.day;
    },
  });
  roving(part("plan"));
  hold(part("plan"), (on) => {
    held = on ? shown : null;
    if (!on) update();
  });
  const drag = listenDrag(part("plan"), { room, moves, ended: () => update() });

  /** @param {string} id */
  function open(id) {
    opened = opened === id ? "" : id;
    update();
  }

  /** What we did ourselves is shown at once. */
  function release() {
    held = null;
    update();
    held = shown;
  }

  function update() {
    const mission = room.about();
    if (!mission || drag.isOn()) return;
    const slots = /** @type {Slot[]} */ (room.store.all("slot"));
    const wanted = rows(slots, mission);
    const known = new Map(wanted.map((row) => [row.id, row]));
    const { rows: still, fresh } = heldStill(wanted, held, (id) => known.get(id));
    shown = still.map(({ id }) => id);
    render(drawHead(mission, slots, fresh, acts, release), part("head"));
    list.update(still);
    render(slots.length ? nothing : empty(t("organise.programme.empty")), part("empty"));
  }

  /** @param {readonly Slot[]} slots @param {Mission} mission @returns {(DayRow|SlotRow)[]} */
  function rows(slots, mission) {
    const days = byDay(slots, mission);
    const every = days.map(({ day }) => day);
    return days.flatMap(({ day, slots: on }) => [
      { id: `day ${day}`, day, slots: on, mission },
      ...on.map((slot) => {
        // the names are part of what is drawn: who is known later draws the row again
        const names = [...slot.hosts, ...slot.speakers].map((id) => room.people.get(id)?.name ?? "").join("\n");
        return { id: slot.id, slot, mission, names, days: every, open: opened === slot.id };
      }),
    ]);
  }

  return {
    of: ["mission", "slot"],
    also: () => room.people.version,
    update,
    redraw: () => list.redraw(),
  };
}

const SHELL = html`<div data-part="head"></div>
  <ol class="plan" data-part="plan"></ol>
  <div data-part="empty"></div>`;

/**
 * @param {Mission} mission @param {readonly Slot[]} slots @param {number} fresh @param {{plan: (day?: string) => void}} acts
 * @param {() => void} release
 */
const drawHead = (mission, slots, fresh, { plan }, release) => html`<div class="tab-head">
    <h2>${t("organise.tab.programme")}</h2>
    <span class="tally">${t("organise.programme.count", { n: slots.length })}</span>
    ${fresh ? html`<button type="button" class="button is-small fresh" @click=${release}>${t("organise.fresh", { n: fresh })}</button>` : nothing}
    <button type="button" class="button is-primary" data-act="plan" @click=${() => plan()}>${t("organise.programme.plan")}</button>
  </div>
  ${drawTurns(mission, zonesOf(mission))}`;

/**
 * Choosing when to meet somebody: of what is free for both, by my days and hours with theirs beside them. Two or
 * three times are proposed; a meeting that is moved has one.
 *
 *   await openMeet(room, { how: "propose", whom, name });
 */

import { announce } from "../../app/lib/dom.js";
import { refusalText, t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { createDialog } from "../../parts/dialog.js";
import { fetched } from "../directory/fetched.js";
import { ownZone } from "../programme/week.js";
import { there } from "../programme/times.js";
import { drawForm } from "./propose_form.js";
import { firstDay, isGood, timesOf } from "./hours.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {{how: "propose"|"other"|"move", whom: string, name: string, meeting?: Item}} Wanted */
/**
 * @typedef {{minutes: number, picked: number[], day: string, wide: boolean, place: string, note: string}} Chosen
 * @typedef {{zone: string, spans: [number, number][]}} Free
 * @typedef {{code: string, text: string, field?: string, suggestion?: string}} Refused
 */

const MOST = { propose: 3, other: 3, move: 1 };

/** @param {Room} room @param {Wanted} wanted */
export async function openMeet(room, wanted) {
  const { how, whom, name, meeting } = wanted;
  const dialog = createDialog("meet");
  const draft = draftOf(room, `meet/${how}/${meeting?.id ?? whom}`);
  const zones = { mine: ownZone(), theirs: ownZone() };
  /** @type {Chosen} */
  const chosen = { minutes: meeting?.minutes ?? 20, picked: how === "move" && meeting ? [meeting.starts_at] : [], day: "", wide: false, place: meeting?.place ?? "", note: "", ...draft.get() };
  /** @type {Free|null} */
  let free = null;
  /** @type {Refused|null} */
  let refused = null;
  let isBusy = false;

  /** @param {Partial<Chosen>} change */
  function set(change) {
    Object.assign(chosen, change);
    refused = null;
    draft.set(chosen);
    draw();
  }

  /** Of a length that takes longer, what was chosen may not fit any more. @param {number} minutes */
  function setMinutes(minutes) {
    set({ minutes });
    const all = new Set([...days().values()].flat().map(({ at }) => at));
    set({ picked: chosen.picked.filter((at) => all.has(at) || at === meeting?.starts_at) });
  }

  /** @param {number} at */
  function toggle(at) {
    const has = chosen.picked.includes(at);
    if (!has && MOST[how] === 1) return set({ picked: [at] });
    if (!has && chosen.picked.length >= MOST[how]) return announce(t("meetings.enough", { n: MOST[how] }));
    set({ picked: has ? chosen.picked.filter((one) => one !== at) : [...chosen.picked, at].sort((a, b) => a - b) });
  }

  const days = () => timesOf(free?.spans ?? [], chosen.minutes, zones);

  async function load() {
    try {
      const words = new URLSearchParams({ with: whom, ...(meeting ? { besides: meeting.id } : {}) });
      free = /** @type {Free} */ (await fetched(room, "meetings/free", words));
      zones.theirs = free.zone;
      const from = there(Date.parse(`${room.mission()?.starts_on}T12:00:00Z`), "UTC").day;
      const known = new Set([...days().values()].flat().map(({ at }) => at));
      chosen.picked = chosen.picked.filter((at) => known.has(at) || at === meeting?.starts_at);
      chosen.day = firstDay(days(), from, chosen.day || (chosen.picked.length ? there(chosen.picked[0], zones.mine).day : ""));
    } catch (why) {
      refused = /** @type {Refused} */ (why);
    }
    draw();
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    if (isBusy) return;
    [isBusy, refused] = [true, null];
    draw();
    try {
      await room.store.do(...said(wanted, chosen)).done;
      draft.set(null);
      dialog.close();
      room.toast(t(`meetings.did.${how}`, { name }));
    } catch (why) {
      refused = /** @type {Refused} */ (why);
      // what is not free any more is not offered again
      if (["meeting.taken", "meeting.gone", "meeting.early"].includes(refused.code)) void load();
    }
    isBusy = false;
    draw();
  }

  function draw() {
    const all = days();
    const times = all.get(chosen.day) ?? [];
    const shown = chosen.wide || !times.some(isGood) ? times : times.filter((one) => isGood(one) || chosen.picked.includes(one.at));
    const acts = { set, setMinutes, toggle, submit };
    const refusal = refused ? { ...refused, text: refusalText(refused.code, refused.text) } : null;
    dialog.draw(t(`meetings.${how}.title`, { name }), drawForm(room, { wanted, chosen, free, days: [...all.keys()], times: shown, hidden: times.length - shown.length, zones, most: MOST[how], isBusy, refused: refusal }, acts));
  }

  draw();
  dialog.open();
  await load();
}

/** @param {Wanted} wanted @param {Chosen} chosen @returns {[string, Record<string, any>]} */
function said({ how, whom, meeting }, { picked, minutes, place, note }) {
  if (how === "propose") return ["propose_meeting", { whom, times: picked, minutes, place, note }];
  if (how === "other") return ["propose_other_times", { meeting: meeting?.id, times: picked, minutes, note }];
  return ["change_meeting", { meeting: meeting?.id, starts_at: picked[0], minutes, place }];
}

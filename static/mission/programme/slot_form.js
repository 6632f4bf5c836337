/**
 * Planning a session, or changing one: what it is called, when, who leads and who speaks.
 *
 * What is written stays in this tab until it is planned, whatever closes the form. Only what was changed is sent, so
 * two organisers at one slot do not undo each other's other fields.
 */

import { t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { find, focusFirst } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { reasonOf } from "../../pages/organise/acts.js";
import { createDialog } from "../../parts/dialog.js";
import { createPicker } from "../participants/picker.js";
import { argsOf, blank, changesOf, dayAhead, fieldsOf, mistakeIn, zonesOf } from "./plan.js";
import { free, slug } from "./slug.js";
import { drawFields } from "./slot_fields.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */
/** @typedef {import("../records.js").Slot} Slot */
/** @typedef {import("../records.js").Mission} Mission */
/** @typedef {import("./plan.js").Fields} Fields */
/** @typedef {{field: string, text: string}|null} Wrong */

/** @param {Organiser} room @param {{id?: string, planned?: () => void, done?: () => void}} [how] `id` of its dialog; what
 * follows once one is planned, and once anything is done */
export function createSlotForm(room, { id = "slot-form", planned = () => {}, done: shown = () => {} } = {}) {
  const dialog = createDialog(id);
  const pickers = { hosts: createPicker(room, "hosts", amend, again), speakers: createPicker(room, "speakers", amend, again) };
  /** The slot that is changed; none is planned anew. @type {Slot|null} */
  let slot = null;
  /** @type {Fields} */
  let filled;
  /** @type {Fields} */
  let now;
  /** @type {Wrong} */
  let wrong = null;

  const mission = () => /** @type {Mission} */ (room.about());
  const zone = () => zonesOf(mission())[0];
  const kept = () => draftOf(room, `slot/${slot?.id ?? ""}`);
  const isTaken = (/** @type {string} */ one) => room.store.get("slot", one) !== undefined;

  /** @param {Slot|null} which @param {string} [day] */
  function open(which, day) {
    // what was typed of one session means nobody in another
    if (which?.id !== slot?.id) for (const picker of Object.values(pickers)) picker.clear();
    slot = which;
    const about = mission();
    const slots = /** @type {Slot[]} */ (room.store.all("slot"));
    filled = slot ? fieldsOf(slot, zone()) : blank(day ?? dayAhead(about, serverNow()), slots, about, serverNow());
    now = { ...filled, ...kept().get(), ...(!slot && day && { day, from: filled.from }) };
    wrong = null;
    draw();
    dialog.open();
    focusFirst(/** @type {ParentNode} */ (dialog.find("form")));
  }

  /** @param {Partial<Fields>} change */
  function amend(change) {
    now = { ...now, ...change };
    kept().set(now);
    wrong = null;
    draw();
  }

  function again(typed = false) {
    if (typed) wrong = null;
    draw();
  }

  function draw() {
    const session = slot ? slot.id : now.session || free(slug(now.title), isTaken);
    const form = { id, now, session, isNew: !slot, wrong, mission: mission(), pickers, amend, save, cancel };
    dialog.draw(t(slot ? "organise.slot.change" : "organise.slot.new"), drawFields(form));
  }

  function cancel() {
    for (const picker of Object.values(pickers)) picker.clear();
    kept().set(null);
    dialog.close();
  }

  /** @param {string} field @param {string} text */
  function tell(field, text) {
    wrong = { field, text };
    draw();
    const at = find(`#${id} [name=${field}]`);
    // it may stand behind the fold
    at?.closest("details")?.setAttribute("open", "");
    at?.focus();
  }

  /** @param {{code: string, text: string, field?: string, suggestion?: string}} why */
  function refused(why) {
    tell(FIELDS[why.field ?? ""] ?? (why.field || "title"), reasonOf(why));
  }

  async function save() {
    const mistake = mistakeIn(now, zone());
    if (mistake) return tell(mistake.field, t(mistake.key));
    const left = Object.entries(pickers).find(([, picker]) => picker.left());
    if (left) return tell(left[0], t("organise.picker.left", { name: left[1].left() }));
    const own = kept();
    const isNew = !slot;
    const done = slot ? await change(slot) : await plan();
    if (!done) return;
    own.set(null);
    dialog.close();
    shown();
    if (isNew) planned();
  }

  /** @param {Slot} known */
  async function change(known) {
    const args = changesOf(now, filled, zone());
    if (!Object.keys(args).length) return true;
    const before = argsOf(fieldsOf(/** @type {Slot} */ (room.store.get("slot", known.id) ?? known), zone()), zone());
    const undone = Object.fromEntries(Object.keys(args).map((name) => [name, /** @type {any} */ (before)[name]]));
    const undo = [{ command: "change_slot", args: { slot: known.id, ...undone } }];
    const said = () => t("organise.did.changed", { title: now.title });
    return room.acts.do("change_slot", { slot: known.id, ...args }, { said, undo, refused });
  }

  function plan() {
    const session = now.session || free(slug(now.title), isTaken);
    return room.plan({ session, ...argsOf(now, zone()) }, () => t("organise.did.planned", { title: now.title }), refused, !now.session);
  }

  // whose names are asked for while the form is open
  room.people.subscribe(() => dialog.isOpen() && draw());

  return {
    /** @param {string} [day] */
    plan: (day) => open(null, day),
    /** @param {Slot} which */
    edit: (which) => open(which),
  };
}

/** Fields of a refusal that stand in one of ours. @type {Record<string, string>} */
const FIELDS = { ends_at: "from", starts_at: "from" };

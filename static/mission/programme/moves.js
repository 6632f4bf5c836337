/** Moving what is on, by hand or by button: told at once, and taken back with one press. */

import { isolated, t } from "../../app/i18n.js";
import { createAsk } from "../../pages/organise/ask.js";
import { shortDay } from "./days.js";
import { daysTo, fieldsOf, moved, movedDays, argsOf, timesOf, zonesOf } from "./plan.js";
import { free } from "./slug.js";
import { hour, there } from "./times.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */
/** @typedef {import("../records.js").Slot} Slot */

/** @param {Organiser} room @param {() => void} done shown at once, whoever is at the list */
export function createMoves(room, done) {
  const ask = createAsk("slot-ask");
  const zone = () => zonesOf(/** @type {import("../records.js").Mission} */ (room.about()))[0];

  /** @param {Slot} slot @param {{starts_at: number, ends_at: number}} times */
  async function to(slot, times) {
    const { day, minutes } = there(times.starts_at, zone());
    const said = () => t("organise.did.moved", { title: slot.title, when: `${shortDay(day)} ${hour(minutes)}` });
    const undo = [{ command: "change_slot", args: { slot: slot.id, ...timesOf(slot) } }];
    return room.acts.do("change_slot", { slot: slot.id, ...times }, { said, undo });
  }

  return {
    /** @param {Slot} slot @param {number} ms */
    by: (slot, ms) => to(slot, moved(slot, ms)),
    /** @param {Slot} slot @param {number} days @param {number} [ms] */
    async days(slot, days, ms = 0) {
      const times = movedDays(slot, days, zone());
      if (await to(slot, { starts_at: times.starts_at + ms, ends_at: times.ends_at + ms })) done();
    },
    /** @param {Slot} slot @param {string} day */
    toDay(slot, day) {
      const days = daysTo(slot, day, zone());
      if (days) void this.days(slot, days);
    },
    /** The same once more, right after it. @param {Slot} slot */
    async copy(slot) {
      const fields = { ...fieldsOf(slot, zone()), title: slot.title };
      const after = moved(slot, slot.ends_at - slot.starts_at);
      const session = free(slot.id, (id) => room.store.get("slot", id) !== undefined);
      const args = { ...argsOf(fields, zone()), ...after, session };
      if (await room.plan(args, () => t("organise.did.copied", { title: slot.title }))) done();
    },
    /** @param {Slot} slot */
    async drop(slot) {
      const title = t("organise.drop.title", { title: isolated(slot.title) });
      const text = t("organise.drop.text");
      if ((await ask({ title, text, yes: t("organise.drop.yes") })) === null) return;
      const undo = () => room.plan({ session: slot.id, ...argsOf(fieldsOf(slot, zone()), zone()), ...timesOf(slot) });
      await room.acts.do("drop_slot", { slot: slot.id }, { said: () => t("organise.did.dropped", { title: slot.title }), undo });
      done();
    },
  };
}

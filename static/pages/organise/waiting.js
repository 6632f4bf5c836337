/**
 * Who waits for an organiser: how many ask to take part, on whatever tab one is, and also while another page is
 * looked at; nobody else sees them.
 */

import { t } from "../../app/i18n.js";
import { announce } from "../../app/lib/dom.js";

/** How often it is looked, while somebody looks and while nobody does. */
const EVERY_MS = 5_000;
const UNSEEN_MS = 15_000;

/** @param {import("./people.js").People} people @param {() => void} redraw */
export function watchWaiting(people, redraw) {
  /** @type {number|undefined} */
  let seq;
  let told = 0;

  async function look() {
    try {
      const found = await people.find({ state: "applied" }, seq);
      seq = found?.seq ?? seq;
    } catch {
      // the page says by itself that its line is broken
    }
    setTimeout(() => void look(), document.hidden ? UNSEEN_MS : EVERY_MS);
  }

  people.subscribe(() => {
    const { waiting } = people;
    if (waiting === told) return;
    if (waiting > told) announce(t("organise.waiting", { n: waiting }));
    told = waiting;
    redraw();
  });
  void look();
}

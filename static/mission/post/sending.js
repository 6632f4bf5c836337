/** Sending letters by commands that take so many at once: said until none is left, and told as one. */

import { t } from "../../app/i18n.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */

/** What such a command answers, in the order in which it is said. */
const SAID = ["queued", "recent", "no_address", "unwanted", "out"];

/** @param {Organiser} room @param {string} command @param {Record<string, any>} args */
export async function send({ acts }, command, args) {
  /** @type {Record<string, number>} */
  const all = {};
  for (let left = 1, first = true; left; first = false) {
    const told = await acts.do(command, args);
    if (!told) return;
    // what the first says of those who get none, later ones say of them again
    for (const what of SAID) if (first || what === "queued") all[what] = (all[what] ?? 0) + (told[what] ?? 0);
    left = told.queued ? (told.left ?? 0) : 0;
  }
  const said = SAID.filter((what) => all[what]).map((what) => t(`organise.post.did.${what}`, { n: all[what] }));
  acts.tell(said.join(" ") || t("organise.post.did.none"));
}

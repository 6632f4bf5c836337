/** Reasons that are ready, in the words of who asks: made of a question, of a place, or of what both offer and seek. */

import { t } from "../../app/i18n.js";

/** So much is said of a question or a title; the whole of a reason may be 200 characters. */
const SAID_MAX = 120;
const READY = 3;

/** @param {string} question its text */
export const ofQuestion = (question) => t("asking.reason.question", { question: shortened(question) });

/**
 * @param {{reasons?: {what: string, tag: string}[]}} more what their mission tells of them
 * @param {{question?: string, where: string, title: string}} here
 * @returns {string[]} three at most, the best first
 */
export function ready({ reasons = [] }, { question, where, title }) {
  const fit = ["offers", "seeks"].flatMap((what) => {
    const tag = reasons.find((one) => one.what === what)?.tag;
    return tag ? [t(`asking.reason.${what}`, { tag })] : [];
  });
  return [...(question ? [ofQuestion(question)] : []), ...fit, t(`asking.reason.${where === "chat" ? "chat" : "here"}`, { title: shortened(title) })].slice(0, READY);
}

/** By whole words. @param {string} text */
function shortened(text) {
  const line = text.replace(/\s+/g, " ").trim();
  const points = [...line];
  if (points.length <= SAID_MAX) return line;
  const cut = points.slice(0, SAID_MAX).join("");
  return `${cut.slice(0, cut.lastIndexOf(" ") > SAID_MAX / 2 ? cut.lastIndexOf(" ") : cut.length)}…`;
}

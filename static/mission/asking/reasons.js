/** Reasons that are ready for whom one sees in a session: made of what they asked or wrote there, before all others. */

import { t } from "../../app/i18n.js";
import { readyReasons } from "../contacts/ready.js";

/** So much is said of a question or a title; the whole of a reason may be 200 characters. */
const SAID_MAX = 120;
const READY = 3;

/** @param {string} question its text */
export const ofQuestion = (question) => t("asking.reason.question", { question: shortened(question) });

/**
 * @param {{organisation?: string, reasons?: {what: string, tag: string}[]}} card with why their mission says that they fit
 * @param {{question?: string, where: string, title: string}} here
 * @returns {string[]} three, the best first
 */
export function ready(card, { question, where, title }) {
  const here = t(`asking.reason.${where === "chat" ? "chat" : "here"}`, { title: shortened(title) });
  const [first, ...others] = readyReasons(card);
  const fits = Boolean(card.reasons?.length);
  const all = [...(question ? [ofQuestion(question)] : []), ...(fits ? [first, here] : [here, first]), ...others];
  return all.slice(0, READY);
}

/** By whole words. @param {string} text */
function shortened(text) {
  const line = text.replace(/\s+/g, " ").trim();
  const points = [...line];
  if (points.length <= SAID_MAX) return line;
  const cut = points.slice(0, SAID_MAX).join("");
  const space = cut.lastIndexOf(" ");
  return `${cut.slice(0, space > SAID_MAX / 2 ? space : cut.length)}…`;
}

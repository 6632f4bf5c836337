/** Reasons that are ready to take: of what both offer and seek, and where there is none, of who they are. */

import { t } from "../../app/i18n.js";
import { LIMITS } from "../limits.js";

const READY = 3;
const { maxLength: MOST } = LIMITS.ask_contact.reason;

/** @param {{organisation?: string, reasons?: readonly {what: string, tag: string}[]}} card of whom one asks @returns {string[]} */
export function readyReasons({ organisation = "", reasons = [] }) {
  const fitting = reasons.map(({ what, tag }) => t(`contact.ready.${what}`, { tag }));
  const plain = [...(organisation ? [t("contact.ready.organisation", { organisation })] : []), t("contact.ready.together"), t("contact.ready.meet")];
  return [...fitting, ...plain].filter(({ length }) => length <= MOST).slice(0, READY);
}

/**
 * "I'd like to talk to you" on the pages of a session: one press asks, with a reason that is ready, and for ten
 * seconds the same press takes it back.
 *
 * @typedef {import("../../app/store.js").Store} Store
 * @typedef {import("./standing.js").Whom} Whom
 * @typedef {import("./standing.js").Stands & {busy: boolean}} Look
 * @typedef {{session: Store, mission: Store, id: string, toast: (text: string, refused?: boolean) => void,
 *   update: () => void}} Page  `id`: the session's
 * @typedef {ReturnType<typeof createAsks>} Asks
 */

import { refusalText, t } from "../../app/i18n.js";
import { announce } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { day } from "../contacts/when.js";
import { BACK_MS, stands } from "./standing.js";

/** A little later, so that the time is over then. */
const OVER_MS = 50;

/** @param {Page} page */
export function createAsks({ mission, id, toast, update }) {
  /** @type {any} */
  let timer = null;

  /** @param {Whom} whom */
  const isOnItsWay = ({ whom, moment }) =>
    mission.pending.some(({ command, args }) => command === "ask_contact" && (moment ? args.question === moment.question : args.whom === whom));

  /** @param {Whom} whom @returns {Look} */
  function look(whom) {
    const now = serverNow();
    const found = stands(mission, mission.you?.id ?? "", whom, now);
    if (found.what === "fresh") {
      clearTimeout(timer);
      timer = setTimeout(update, found.item?.began.at + BACK_MS - now + OVER_MS);
    }
    return { ...found, busy: isOnItsWay(whom) };
  }

  /** @param {Promise<unknown>} done @param {() => string} said */
  const told = (done, said) =>
    done.then(
      () => announce(said()),
      ({ code, text }) => toast(refusalText(code, text), true),
    );

  /**
   * @param {Whom} whom
   * @param {{where: string, reason: string, name: string}} how `name`: as they are called here
   */
  function press(whom, { where, reason, name }) {
    const now = look(whom);
    if (now.what === "fresh") return void told(mission.do("withdraw_contact", { asking: now.item?.id }).done, () => t("asking.taken_back"));
    if (isOpen(now)) void told(mission.do("ask_contact", { ...targetOf(whom, where, id), reason }).done, () => t("asking.said", { name }));
  }

  return { look, press };
}

/** @param {Whom} whom @param {string} where @param {string} session */
export const targetOf = ({ whom, moment }, where, session) => ({ where, session, ...(moment ? { question: moment.question } : { whom }) });

/** Whether one may ask. Who asked oneself is accepted by that. @param {Look} look */
export const isOpen = ({ what, busy }) => !busy && (what === "open" || what === "over" || what === "wants");

/** Whether a press does anything. @param {Look} look */
export const isPressed = (look) => isOpen(look) || (!look.busy && look.what === "fresh");

/** @param {Look} look @returns {string} what its button says */
export function labelOf({ what, item, busy }) {
  if (busy) return t("asking.busy");
  if (what === "fresh") return t("asking.fresh");
  if (what === "asked") return t("contacts.until", { date: day(item?.until) });
  return t(what === "connected" ? "contacts.connected" : "asking.ask");
}

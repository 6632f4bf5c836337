/**
 * "I'd like to talk to you" on the pages of a session: one press asks, with a reason that is ready, and for ten
 * seconds the same press takes it back.
 *
 * @typedef {import("../../app/store.js").Store} Store
 * @typedef {import("./standing.js").Whom} Whom
 * @typedef {import("./standing.js").Standing} Standing
 * @typedef {{session: Store, mission: Store, id: string, toast: (text: string, refused?: boolean) => void,
 *   update: () => void}} Page  `id`: the session's
 * @typedef {ReturnType<typeof createAsks>} Asks
 */

import { formatTime, refusalText, t } from "../../app/i18n.js";
import { announce } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { BACK_MS, standing } from "./standing.js";

/** @param {Page} page */
export function createAsks({ mission, id, toast, update }) {
  /** @type {any} */
  let timer = null;

  /** @param {Whom} whom */
  const keyOf = ({ whom, moment }) => whom || moment?.question || "";

  /** @param {Whom} whom */
  const isOnItsWay = (whom) =>
    mission.pending.some(({ command, args }) => command === "ask_contact" && (args.whom || args.question) === keyOf(whom));

  /** @param {Whom} whom @returns {Standing & {busy: boolean}} */
  function look(whom) {
    const found = standing(mission, whom, serverNow());
    if (found.what === "fresh") {
      clearTimeout(timer);
      timer = setTimeout(update, found.asking?.began.at + BACK_MS - serverNow() + 50);
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
    const { what, asking, busy } = look(whom);
    if (busy) return;
    if (what === "fresh" && asking) return void told(mission.do("withdraw_contact", { asking: asking.id }).done, () => t("asking.taken_back"));
    if (what !== "open" && what !== "over") return;
    const args = { where, session: id, reason, ...(whom.moment ? { question: whom.moment.question } : { whom: whom.whom }) };
    void told(mission.do("ask_contact", args).done, () => t("asking.said", { name }));
  }

  return { look, press };
}

/** @param {Standing & {busy: boolean}} standing @returns {string} what its button says */
export function labelOf({ what, asking, busy }) {
  if (busy) return t("asking.busy");
  if (what === "fresh") return t("asking.fresh");
  if (what === "asked") return t("asking.until", { date: day(asking?.until) });
  return t(what === "connected" ? "asking.connected" : "asking.ask");
}

/** @param {number} ms */
const day = (ms) => formatTime(ms, { weekday: "short", day: "numeric", month: "short" });

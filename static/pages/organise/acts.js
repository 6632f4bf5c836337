/**
 * What an organiser does: by the socket or by HTTP, told afterwards with its way back, refused in words.
 *
 * @typedef {import("../../app/store.js").Store} Store
 * @typedef {{command: string, args: Record<string, any>}} Step
 * @typedef {{code: string, text: string, field?: string, suggestion?: string}} Refused
 * @typedef {{said?: () => string, undo?: Step[]|(() => Promise<any>), refused?: (why: Refused) => void}} How
 *   `undo`: what takes it back
 */

import { refusalText, t } from "../../app/i18n.js";
import { request } from "../../app/enter.js";

export class Acts {
  /** @param {{store: Store, mission: string, as: string, toasts: ReturnType<typeof import("../../parts/toasts.js").createToasts>}} page */
  constructor({ store, mission, as, toasts }) {
    this._store = store;
    this._mission = mission;
    this._as = as;
    this._toasts = toasts;
    /** What can be taken back, latest first. @type {(() => void)[]} */
    this._ways = [];
    /** What runs by its name, so that a second press waits for the first. @type {Map<string, Promise<any>>} */
    this._running = new Map();
  }

  /**
   * A command.
   * @param {string} command @param {Record<string, any>} args @param {How} [how]
   * @returns {Promise<Record<string, any>|null>} its answer, or null where it was refused
   */
  do(command, args, how = {}) {
    return this._tried(`${command} ${JSON.stringify(args)}`, () => this._store.do(command, args).done, how);
  }

  /**
   * A call of this mission.
   * @param {string} path behind the mission's @param {object|Blob} [body] posted, if there is one @param {How} [how]
   * @returns {Promise<any>} its answer, or null where it was refused
   */
  call(path, body, how = {}) {
    const what = body instanceof Blob ? body.size : JSON.stringify(body);
    return this._tried(`${path} ${what}`, () => sent(this.address(path), body), how);
  }

  /** Where a call of this mission goes. @param {string} path */
  address(path) {
    const url = new URL(`/api/missions/${this._mission}/${path}`, location.origin);
    if (this._as) url.searchParams.set("as", this._as);
    return url.pathname + url.search;
  }

  /** Say something that was done or could not be. @param {string} text @param {boolean} [amiss] */
  tell(text, amiss = false) {
    this._toasts.add(text, { tone: amiss ? "refused" : "done" });
  }

  /** Take back the latest that can be. */
  undo() {
    const [latest] = this._ways;
    if (latest) latest();
    else this.tell(t("host.undo.nothing"), true);
  }

  /**
   * Once, however often it is pressed until there is an answer.
   * @param {string} name @param {() => Promise<any>} run @param {How} how
   */
  _tried(name, run, how) {
    const running = this._running.get(name);
    if (running) return running;
    const tried = this._answered(run, how).finally(() => this._running.delete(name));
    this._running.set(name, tried);
    return tried;
  }

  /** @param {() => Promise<any>} run @param {How} how */
  async _answered(run, { said, undo = [], refused }) {
    try {
      const answer = await run();
      if (said) this._told(said, undo);
      return answer;
    } catch (why) {
      const known = /** @type {Refused} */ (why);
      if (refused) refused(known);
      else this.tell(reasonOf(known), true);
      return null;
    }
  }

  /** @param {() => string} said @param {NonNullable<How["undo"]>} undo */
  _told(said, undo) {
    if (typeof undo !== "function" && !undo.length) return void this._toasts.add(said);
    const back = () => {
      this._ways = this._ways.filter((way) => way !== back);
      close();
      void this._takeBack(undo);
    };
    const close = this._toasts.add(said, { undo: back });
    this._ways = [back, ...this._ways].slice(0, 10);
  }

  /** @param {NonNullable<How["undo"]>} undo */
  async _takeBack(undo) {
    if (typeof undo === "function") return void ((await undo()) && this.tell(t("host.undone")));
    for (const { command, args } of undo) if (!(await this.do(command, args))) return;
    this.tell(t("host.undone"));
  }
}

/** What is posted as it is, and all else as JSON. Rejects with a Problem. @param {string} path @param {object|Blob} [body] */
async function sent(path, body) {
  if (!(body instanceof Blob)) return request(path, body);
  const answer = await fetch(path, { method: "POST", body, cache: "no-store", credentials: "same-origin" }).catch(() => null);
  const told = (await answer?.json().catch(() => null)) ?? {};
  if (answer?.ok) return told;
  throw { code: answer ? `http.${answer.status}` : "network.unreachable", text: "", ...told };
}

/** @param {Refused} why */
export const reasonOf = ({ code, text }) => refusalText(code, text);

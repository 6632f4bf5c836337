/**
 * What a host does: send the commands, say what was done with the way back, say refusals in words.
 *
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("./undo.js").Step} Step
 * @typedef {import("./undo.js").Args} Args
 * @typedef {ReturnType<typeof import("./toasts.js").createToasts>} Toasts
 * @typedef {{code: string, text: string, suggestion?: string}} Refused
 */

import { announce } from "../../lib/dom.js";
import { has, refusalText, t } from "../../i18n.js";
import { step, undoOf } from "./undo.js";

/** Hosts are told other things than attendees by the same code: theirs first. @param {Refused} refused */
export function reasonOf({ code, text }) {
  const own = `host.refused.${code}`;
  return has(own) ? t(own) : refusalText(code, text);
}

export class Acts {
  /** @param {{store: Store, session: string, toasts: Toasts}} parts */
  constructor({ store, session, toasts }) {
    this.store = store;
    this._toasts = toasts;
    /** @type {import("./undo.js").Get} */
    this._get = (kind, id) => store.get(kind, kind === "session" ? session : id);
  }

  /**
   * Do one thing.
   * @param {string} command @param {Args} [args] @param {string} [said] what the toast says, if any
   * @param {(refused: Refused) => void} [refused] who says why not, if not a toast
   */
  do(command, args = {}, said = "", refused = (why) => this.refused(why)) {
    return this.all([step(command, args)], said, refused);
  }

  /**
   * Do several things, one after the other; the first refusal ends it.
   * @param {Step[]} steps @param {string} [said] @param {(refused: Refused) => void} [refused]
   * @returns {Promise<Record<string, any>|null>} the last answer, or null if something was refused
   */
  async all(steps, said = "", refused = (why) => this.refused(why)) {
    // read now: once a step is done, the records no longer say where things were
    const undo = steps
      .map(({ command, args }) => undoOf(command, args, this._get))
      .reverse()
      .flat();
    try {
      let answer = {};
      for (const { command, args } of steps) answer = await this.store.do(command, args).done;
      if (said && undo.length) this._toasts.add(said, { undo: () => void this._takeBack(undo) });
      else if (said) announce(said);
      return answer;
    } catch (why) {
      refused(/** @type {Refused} */ (why));
      return null;
    }
  }

  /** @param {Refused} refused */
  refused(refused) {
    this.hint(reasonOf(refused));
  }

  /** Say something that no command is needed for. @param {string} text */
  hint(text) {
    this._toasts.add(text, { tone: "refused" });
  }

  undo() {
    if (!this._toasts.undoLatest()) this.hint(t("host.undo.nothing"));
  }

  /** Whether a command about this record is under way. @param {string} id */
  busy(id) {
    return this.store.pending.some((one) => one.state === "sending" && Object.values(one.args).includes(id));
  }

  /** @param {Step[]} steps */
  async _takeBack(steps) {
    if ((await this.all(steps)) !== null) this._toasts.add(t("host.undone"));
  }
}

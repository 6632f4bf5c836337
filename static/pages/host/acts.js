/**
 * What a host does: send the commands, say what was done with the way back, say refusals in words.
 *
 * @typedef {import("../../app/store.js").Store} Store
 * @typedef {import("./undo.js").Step} Step
 * @typedef {import("./undo.js").Args} Args
 * @typedef {import("./done.js").Done} Done
 * @typedef {ReturnType<typeof import("../../parts/toasts.js").createToasts>} Toasts
 * @typedef {{code: string, text: string, suggestion?: string}} Refused
 * @typedef {(() => string)|null} Saying  in the words of the language that is read then
 */

import { announce } from "../../app/lib/dom.js";
import { has, refusalText, t } from "../../app/i18n.js";
import { serverNow } from "../../app/lib/now.js";
import { about, MOST, stateOf, undoable } from "./done.js";
import { step, undoOf, undoOfMade } from "./undo.js";

/** Hosts are told other things than attendees by the same code: theirs first. @param {Refused} refused */
export function reasonOf({ code, text }) {
  const own = `host.refused.${code}`;
  return has(own) ? t(own) : refusalText(code, text);
}

export class Acts {
  /** @param {{store: Store, session: string, toasts: Toasts, changed: () => void}} parts  `changed`: what can be taken back */
  constructor({ store, session, toasts, changed }) {
    this.store = store;
    this._changed = changed;
    this._toasts = toasts;
    /** Latest first. @type {Done[]} */
    this._done = [];
    /** @type {import("./undo.js").Get} */
    this._get = (kind, id) => store.get(kind, kind === "session" ? session : id);
  }

  /**
   * Do one thing.
   * @param {string} command @param {Args} [args] @param {Saying} [said] what the toast says, if anything
   * @param {(refused: Refused) => void} [refused] who says why not, if not a toast
   */
  do(command, args = {}, said = null, refused = (why) => this.refused(why)) {
    return this.all([step(command, args)], said, refused);
  }

  /**
   * Do several things, one after the other; the first refusal ends it.
   * @param {Step[]} steps @param {Saying} [said] @param {(refused: Refused) => void} [refused]
   * @returns {Promise<Record<string, any>|null>} the last answer, or null if something was refused
   */
  async all(steps, said = null, refused = (why) => this.refused(why)) {
    // read now: once a step is done, the records no longer say where things were
    const ways = steps.map(({ command, args }) => undoOf(command, args, this._get));
    const records = about(steps);
    const was = stateOf(records, this._get);
    try {
      let answer = {};
      for (const [at, { command, args }] of steps.entries()) {
        answer = await this.store.do(command, args).done;
        ways[at].push(...undoOfMade(command, answer));
      }
      const undo = ways.reverse().flat();
      if (said && undo.length) this._keep({ said, undo, about: records, was });
      else if (said) announce(said());
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

  /** What can be taken back, latest first. */
  undoable() {
    return undoable(this._done, this._get);
  }

  /** The latest act about this record, if it can be taken back. @param {string} id */
  undoableOf(id) {
    return this.undoable().find((act) => act.about.some(([, one]) => one === id));
  }

  undo() {
    const [latest] = this.undoable();
    if (latest) void this.takeBack(latest);
    else this.hint(t("host.undo.nothing"));
  }

  /** @param {Done} act */
  async takeBack(act) {
    this._done = this._done.filter((one) => one !== act);
    act.close();
    if ((await this.all(act.undo)) !== null) this._toasts.add(t("host.undone"));
  }

  /** Whether a command about this record is under way. @param {string} id */
  busy(id) {
    return this.store.pending.some((one) => one.state === "sending" && Object.values(one.args).includes(id));
  }

  /** @param {Pick<Done, "said"|"undo"|"about"|"was">} what */
  _keep(what) {
    /** @type {Done} */
    const act = { ...what, at: serverNow(), left: "", close: () => {} };
    act.close = this._toasts.add(act.said, { undo: () => void this.takeBack(act) });
    this._done = [act, ...this._done].slice(0, MOST);
    this._changed();
  }
}

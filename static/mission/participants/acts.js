/** What organisers do about somebody: taken back with one press where it can be, and asked before where it cannot. */

import { currentLang, isolated, t } from "../../app/i18n.js";
import { createAsk } from "../../pages/organise/ask.js";
import { LIMITS } from "../limits.js";
import { send } from "../post/sending.js";
import { createCorrection } from "./correction.js";
import { createErasing } from "./erase_them.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */
/** @typedef {import("../../pages/organise/people.js").Person} Person */

const REASON = LIMITS.decline.reason.maxLength;

/** @param {Organiser} room @param {{changed: () => void, open: (id: string) => void}} list */
export function createPersonActs(room, { changed, open }) {
  const ask = createAsk("person-ask");
  const card = createCorrection(room, changed);
  const erase = createErasing(room, changed);
  /** Links that were asked for, by whose they are: shown until the page is left. @type {Map<string, string>} */
  const links = new Map();

  /** @param {string} command @param {Record<string, any>} args @param {import("../../pages/organise/acts.js").How} how */
  async function say(command, args, how) {
    const done = await room.acts.do(command, args, how);
    changed();
    return done;
  }

  return {
    open,
    /** @param {Person} person */
    correct: (person) => card.open(person),
    erase,
    /** @param {string} id */
    linkOf: (id) => links.get(id),
    mayPost: () => room.mayPost(),

    /** @param {Person} person */
    admit({ id, name, state, reason }) {
      const said = () => t("organise.did.admitted", { name });
      const back = state === "declined" ? [{ command: "decline", args: { participant: id, reason } }] : [];
      void say("admit", { participant: id }, { said, undo: back });
    },

    /** @param {Person} person */
    async decline({ id, name, state }) {
      const applied = state === "applied";
      const reason = await ask({
        title: t(applied ? "organise.decline.title" : "organise.remove.title", { name: isolated(name) }),
        text: t(!applied ? "organise.remove.text" : room.mayPost() ? "organise.decline.text" : "organise.decline.text.by_hand"),
        yes: t(applied ? "organise.decline" : "organise.remove"),
        field: { label: t("organise.decline.reason"), most: REASON },
      });
      if (reason === null) return;
      const undo = [{ command: "undo_decline", args: { participant: id, state } }];
      await say("decline", { participant: id, reason }, { said: () => t("organise.did.declined", { name }), undo });
    },

    /** @param {Person} person */
    async role({ id, name, role }) {
      const to = role === "organiser" ? "participant" : "organiser";
      const title = t(`organise.role.${to}.title`, { name: isolated(name) });
      const text = t(to === "organiser" && !room.mayPost() ? "organise.role.organiser.text.by_hand" : `organise.role.${to}.text`);
      if ((await ask({ title, text, yes: t(`organise.role.${to}.yes`), danger: to === "participant" })) === null) return;
      const undo = [{ command: "change_role", args: { participant: id, role } }];
      await say("change_role", { participant: id, role: to }, { said: () => t(`organise.did.made.${to}`, { name }), undo });
    },

    /** Their link as it is: it may be shown again. @param {Person} person */
    async link({ id }) {
      const made = await room.acts.call("links", { participant: id });
      if (!made) return;
      links.set(id, new URL(made.path, location.origin).href);
      changed();
    },

    /** @param {Person} person */
    async endLinks({ id, name }) {
      const title = t("organise.end_links.title", { name: isolated(name) });
      if ((await ask({ title, text: t("organise.end_links.text"), yes: t("organise.end_links.yes") })) === null) return;
      const made = await room.acts.call("links", { participant: id, renew: true }, { said: () => t("organise.did.renewed", { name }) });
      if (made) links.set(id, new URL(made.path, location.origin).href);
      changed();
    },

    /** All who were invited and have not come, as many of them as have had none just now. */
    async remindAll() {
      const question = { title: t("organise.remind_all.title"), text: t("organise.remind_all.text"), yes: t("organise.remind_all"), danger: false };
      if ((await ask(question)) === null) return;
      await send(room, "send_letters", { kind: "reminder", absent: true, reads: currentLang() });
    },

    /** Who has been in is reminded of nothing, but may have lost their link. @param {Person} person */
    mail: ({ id, came }) => send(room, "send_letters", { participants: [id], kind: came ? "link" : "reminder", reads: currentLang() }),
  };
}

/**
 * The post as organisers see it: whether letters go out, what went out, what did not and why; what failed can be sent
 * again, and who has not been in yet reminded.
 *
 * Letters are asked for a page at a time, and again as their counts change. Whoever points at the list, or has the
 * keyboard in it, keeps the rows they see.
 *
 * @typedef {import("../../pages/organise/frame.js").Organiser} Organiser
 * @typedef {{waiting: number, sent: number, failed: number, trouble: string, since: number}} Counts
 * @typedef {{id: string, to: string, name: string, organisation: string, email: string, about: string,
 *   state: "queued"|"claimed"|"sent"|"failed", reason: string, said: string, tries: number, asked: number, due: number,
 *   done: number|null}} Letter
 * @typedef {{total: number, page: number, per_page: number, counts: Counts, goes_out: boolean, letters: Letter[]}} Page
 */

import { request } from "../../app/enter.js";
import { currentLang, refusalText, t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { setPref } from "../../app/lib/prefs.js";
import { createAsk } from "../../pages/organise/ask.js";
import { empty } from "../../parts/act.js";
import { heldStill, hold } from "../../parts/hold.js";
import { createCorrection } from "../participants/correction.js";
import { drawFilters, drawHead, drawNotes, drawPager } from "./head.js";
import { drawLetter } from "./row.js";
import { send } from "./sending.js";

/** Letters may be others though their counts are the same: one taken back, one asked for. */
const EVERY_MS = 5_000;
/** Counts change with each letter; the list is asked for no faster. */
const LOOK_EACH_MS = 1_500;

/** @param {Organiser} room */
export function create(room) {
  const root = room.place("post");
  const confirmed = createAsk("post-ask");
  const card = createCorrection(room, () => void look());
  let asked = { state: "", page: 0 };
  /** @type {Page|null} */
  let page = null;
  let amiss = "";
  /** @type {string[]|null} */
  let held = null;
  /** @type {string[]} */
  let shown = [];
  /** What the counts were when the list was asked for, and answers in the order in which they were asked for. */
  let looked = { counts: "", number: 0, at: 0 };
  /** Links that were asked for, by the letters that would have brought them. @type {Map<string, string>} */
  const links = new Map();
  /** @type {any} */
  let timer;

  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const list = keyedList(part("list"), {
    draw: (/** @type {Letter} */ letter) => drawLetter({ ...letter, link: links.get(letter.id) ?? "", out: page?.goes_out ?? true }, { again, correct, link, told, decide }),
    row: (element, { state }) => void (element.className = `letter is-${state}`),
  });
  hold(part("list"), (on) => {
    held = on ? shown : null;
    if (!on) draw();
  });

  setInterval(() => !document.hidden && room.isOpen("post") && !timer && void look(), EVERY_MS);

  /** @returns {Counts} */
  const counts = () => {
    const told = /** @type {any} */ (room.store.get("post", "post"));
    return told ?? { waiting: 0, sent: 0, failed: 0, trouble: "", since: 0 };
  };

  /** What the list goes by: the counts, and who is known how. */
  const standing = () => JSON.stringify([counts(), room.people.version]);

  async function look() {
    const number = looked.number + 1;
    looked = { counts: standing(), number, at: Date.now() };
    try {
      const query = new URLSearchParams({ state: asked.state, page: String(asked.page) });
      const found = await request(room.acts.address(`post?${query}`));
      if (number !== looked.number) return;
      [page, amiss] = [found, ""];
    } catch (why) {
      const { code, text } = /** @type {import("../../app/enter.js").Problem} */ (why);
      if (number !== looked.number) return;
      amiss = refusalText(code, text);
    }
    draw();
  }

  /** Once the list is no more what the counts say. */
  function lookSoon() {
    if (standing() === looked.counts || timer) return;
    const left = looked.at + LOOK_EACH_MS - Date.now();
    timer = setTimeout(() => ((timer = null), void look()), Math.max(0, left));
  }

  /** @param {Partial<typeof asked>} change */
  function ask(change) {
    asked = { ...asked, page: 0, ...change };
    held = null;
    void look();
  }

  /** @param {string} command @param {Record<string, any>} args */
  async function sent(command, args) {
    await send(room, command, args);
    await look();
  }

  /** Hundreds of letters are sent on purpose alone. @param {"invitation"|"reminder"} kind */
  async function sendAll(kind) {
    /** @type {Record<typeof kind, number>|null} */
    const ready = await request(room.acts.address("post/ready")).catch(() => null);
    if (!ready) return room.acts.tell(t("organise.post.did.not"), true);
    if (!ready[kind]) return room.acts.tell(t(`organise.post.none_ready.${kind}`));
    const question = { title: t(`organise.post.ask.${kind}`, { n: ready[kind] }), text: t(`organise.post.ask.${kind}.text`), yes: t("organise.post.ask.yes"), danger: false };
    if ((await confirmed(question)) !== null) await sent("send_letters", { kind, absent: true, reads: currentLang() });
  }

  /** Whose address is wrong is corrected on the spot. @param {Letter} letter */
  async function correct({ to }) {
    const found = await room.acts.call(`people?id=${encodeURIComponent(to)}`);
    if (found?.people.length) card.open(found.people[0]);
  }

  /** What no mail server brings, an organiser does. @param {Letter} letter */
  async function link({ id, to }) {
    const made = await room.acts.call("links", { participant: to });
    if (made) links.set(id, new URL(made.path, location.origin).href);
    list.redraw();
  }

  /** @param {Letter} letter */
  async function told({ id, name }) {
    await room.acts.do("hand_over", { letters: [id] }, { said: () => t("organise.post.did.told", { name }) });
    await look();
  }

  async function toldAll() {
    const question = { title: t("organise.post.ask.told", { n: counts().waiting }), text: t("organise.post.ask.told.text"), yes: t("organise.post.told_all"), danger: false };
    if ((await confirmed(question)) === null) return;
    for (let left = 1; left; ) {
      const done = await room.acts.do("hand_over", {});
      left = done?.handed ? done.left : 0;
    }
    await look();
  }

  /** Who asks to take part waits for an answer, not for a letter. */
  function decide() {
    setPref("organise.state", "applied");
    room.open("people");
  }

  const again = (/** @type {Letter} */ letter) => void sent("send_again", { letters: [letter.id] });
  const acts = {
    again: () => void sent("send_again", {}),
    remind: () => void sendAll("reminder"),
    invite: () => void sendAll("invitation"),
    list: room.acts.address("links.csv"),
  };

  function draw() {
    const known = new Map((page?.letters ?? []).map((letter) => [letter.id, letter]));
    const { rows, fresh } = heldStill([...known.values()], held, (id) => known.get(id));
    shown = rows.map(({ id }) => id);
    const show = () => ((held = null), draw());
    const now = counts();
    render(drawHead({ page, counts: now, fresh, show, acts }), part("head"));
    render(drawNotes({ page, counts: now, list: acts.list, told: () => void toldAll() }), part("notes"));
    render(page && (page.total || asked.state) ? drawFilters({ asked, counts: now, out: page.goes_out, ask }) : nothing, part("filters"));
    list.update(rows);
    render(drawRest(), part("rest"));
  }

  function drawRest() {
    if (amiss) return html`<p class="message-failed" role="alert">${amiss}</p>`;
    if (!page) return nothing;
    if (!page.total && !page.goes_out) return nothing;
    return page.total ? drawPager(page, ask) : empty(t(asked.state ? "organise.post.none" : "organise.post.empty"));
  }

  return {
    of: ["post"],
    also: () => room.people.version,
    update() {
      lookSoon();
      draw();
    },
    redraw: () => (list.redraw(), draw()),
  };
}

const SHELL = html`<div data-part="head"></div>
  <div data-part="notes"></div>
  <div data-part="filters"></div>
  <ul class="letter-list" data-part="list"></ul>
  <div data-part="rest"></div>`;

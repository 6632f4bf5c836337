/** Announcements: what organisers tell everybody, or one another; newest first. */

import { formatTime, isolated, t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { reasonOf } from "../../pages/organise/acts.js";
import { createAsk } from "../../pages/organise/ask.js";
import { empty } from "../../parts/act.js";
import { heldStill, hold } from "../../parts/hold.js";
import { roving } from "../../parts/roving.js";
import { counter, words } from "../../parts/text.js";
import { LIMITS } from "../limits.js";
import { send as post } from "../post/sending.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */
/** @typedef {import("../records.js").Announcement} Announcement */

const MOST = LIMITS.announce.text.maxLength;

/** @param {Organiser} room */
export function create(room) {
  const root = room.place("announcements");
  const kept = draftOf(room, "announcement");
  const ask = createAsk("announcement-ask");
  let now = { text: "", to: "all", ...kept.get() };
  let wrong = "";
  let busy = false;
  /** @type {string[]|null} */
  let held = null;
  /** @type {string[]} */
  let shown = [];

  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const list = keyedList(part("list"), { draw: (/** @type {Announcement & {posts: boolean}} */ one) => drawOne(one, { withdraw, mail: one.posts ? mail : null }), row: (element) => void (element.className = "told-row") });
  roving(part("list"));
  hold(part("list"), (on) => {
    held = on ? shown : null;
    if (!on) update();
  });

  /** @param {Partial<typeof now>} change */
  function amend(change) {
    now = { ...now, ...change };
    kept.set(now.text || now.to !== "all" ? now : null);
    wrong = "";
    update();
  }

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    if (busy || !now.text.trim()) return;
    busy = true;
    const refused = (/** @type {import("../../pages/organise/acts.js").Refused} */ why) => void (wrong = reasonOf(why));
    const done = await room.acts.do("announce", now, { said: () => t("organise.did.announced"), refused });
    busy = false;
    if (done) amend({ text: "" });
    else update();
  }

  /** @param {Announcement} one */
  async function mail({ id }) {
    const question = { title: t("organise.post.ask.announcement"), text: t("organise.post.ask.announcement.text"), yes: t("organise.post.ask.yes"), danger: false };
    if ((await ask(question)) !== null) await post(room, "mail_announcement", { announcement: id });
  }

  /** @param {Announcement} one */
  async function withdraw({ id, text }) {
    const question = { title: t("organise.withdraw.title"), text: isolated(text.slice(0, 120)), yes: t("organise.withdraw") };
    if ((await ask(question)) !== null) await room.acts.do("withdraw_announcement", { announcement: id }, { said: () => t("organise.did.withdrawn") });
  }

  function update() {
    const all = /** @type {Announcement[]} */ ([...room.store.all("announcement")]).sort((a, b) => b.at - a.at);
    const known = new Map(all.map((one) => [one.id, one]));
    const { rows, fresh } = heldStill(all, held, (id) => known.get(id));
    shown = rows.map(({ id }) => id);
    const show = () => ((held = null), update());
    render(drawForm({ now, wrong, amend, send }), part("form"));
    // whether letters go out may be known only later
    list.update(rows.map((one) => ({ ...one, posts: room.mayPost() })));
    render(
      html`${fresh ? html`<button type="button" class="button is-small fresh" @click=${show}>${t("organise.fresh", { n: fresh })}</button>` : nothing}
      ${all.length ? nothing : empty(t("organise.announcements.empty"))}`,
      part("rest"),
    );
  }

  return { of: ["announcement"], update, redraw: () => list.redraw() };
}

const SHELL = html`<div data-part="form"></div>
  <div data-part="rest"></div>
  <ul class="told-list" data-part="list"></ul>`;

/**
 * @param {{now: {text: string, to: string}, wrong: string, amend: (change: {text?: string, to?: string}) => void, send: (event: Event) => void}} form
 */
const drawForm = ({ now, wrong, amend, send }) => html`<div class="tab-head"><h2>${t("organise.tab.announcements")}</h2></div>
  <form class="stack narrow-form" @submit=${send}>
    <label class="field-line">${t("organise.announce.text")}
      <textarea name="text" rows="3" maxlength=${MOST} .value=${now.text} aria-invalid=${wrong ? "true" : nothing} @input=${(/** @type {Event} */ e) => amend({ text: /** @type {HTMLTextAreaElement} */ (e.target).value })}></textarea>
      ${counter(now.text.length, MOST)} ${wrong ? html`<span class="error" role="alert">${wrong}</span>` : nothing}
    </label>
    <fieldset class="choices">
      <legend>${t("organise.announce.to")}</legend>
      ${["all", "organisers"].map(
        (to) => html`<label class="check"><input type="radio" name="to" value=${to} .checked=${now.to === to} @change=${() => amend({ to })} /> ${t(`organise.announce.to.${to}`)}</label>`,
      )}
    </fieldset>
    <div class="acts"><button class="button is-primary" aria-disabled=${now.text.trim() ? nothing : "true"}>${t("organise.announce")}</button></div>
  </form>`;

/** @param {Announcement} one @param {{withdraw: (one: Announcement) => void, mail: ((one: Announcement) => void)|null}} acts */
const drawOne = (one, { withdraw, mail }) => html`<div class="told-text">
    <p>${words(one.text)}</p>
    <p class="soft dots"><span><bdi dir="auto" .textContent=${one.name}></bdi></span><span>${formatTime(one.at, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })}</span>
      ${one.to === "organisers" ? html`<span>${t("organise.announce.to.organisers")}</span>` : nothing}</p>
  </div>
  <div class="acts">${mail ? html`<button type="button" class="button is-small" data-act="mail" @click=${() => mail(one)}>${t("organise.post.mail")}</button>` : nothing}
    <button type="button" class="button is-small" data-act="withdraw" @click=${() => withdraw(one)}>${t("organise.withdraw")}</button></div>`;

/**
 * Who would like to talk to me, by where it began, to be answered one by one or a group at once.
 *
 * Whoever points at the list or has the keyboard in it keeps the rows they see, and who comes meanwhile is counted
 * above. What was answered says what became of it as long as the list is looked at. To accept all asks once more, and
 * means those who were seen.
 */

import { refusalText, t } from "../../app/i18n.js";
import { announce, html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { createDialog } from "../../parts/dialog.js";
import { heldStill, hold } from "../../parts/hold.js";
import { sure } from "../../parts/sure.js";
import { empty } from "../../parts/act.js";
import { titleOf } from "./began.js";
import { given } from "./given.js";
import { grouped } from "./groups.js";
import { drawRequest } from "./request_row.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {"accepted"|"declined"|"later"|"blocked"|"sending"} Became */
/** @typedef {{id: string, group?: import("./groups.js").Group, put_off?: boolean, n?: number, request?: Item, became?: Became|"", declining?: boolean}} Row */

const COMMANDS = /** @type {const} */ ({ accepted: "accept_contacts", declined: "decline_contacts", later: "put_off_contacts" });
const ANSWERS = new Set(/** @type {string[]} */ (Object.values(COMMANDS)));

/** @param {Room} room @param {HTMLElement} root */
export function requestsPart(room, root) {
  const { store } = room;
  render(LAYOUT, root);
  const [above, fresh, element, none] = /** @type {HTMLElement[]} */ ([...(root.firstElementChild?.children ?? [])]);
  const dialog = createDialog("accept-all");
  /** What became of those that were answered and stand here still. @type {Map<string, {request: Item, became: Became}>} */
  const answered = new Map();
  /** @type {string[]|null} */
  let held = null;
  /** @type {Row[]} */
  let rows = [];
  let declining = "";

  const list = keyedList(element, {
    draw: (/** @type {Row} */ row) => (row.request ? drawRequest(room, row, acts) : drawHead(row)),
    row: (li, { request, became }) => void (li.className = request ? `request ${became ? "is-answered" : ""}` : "request-head"),
  });
  hold(element, (on) => {
    held = on ? rows.map(({ id }) => id) : null;
    update();
  });

  /** Whose answer is on its way: perhaps for long, where the line is lost. */
  const sending = () => new Set(store.pending.flatMap(({ command, args, state }) => (state === "sending" && ANSWERS.has(command) ? args.requests : [])));

  /** Whoever is gone since is kept on no screen. @param {{request: Item, became: Became}} one */
  function stands({ request: { id, by }, became }) {
    if (became === "accepted") return store.all("lead").some(({ whom }) => whom === by);
    if (became === "blocked") return store.all("block").some(({ whom }) => whom === by);
    return became !== "later" || Boolean(store.get("request", id));
  }

  /** @returns {Row[]} */
  function wanted() {
    for (const [id, one] of answered) if (!stands(one)) answered.delete(id);
    const sent = sending();
    const all = [...store.all("request"), ...[...answered.values()].map(({ request }) => request).filter(({ id }) => !store.get("request", id))];
    const now = grouped(all.filter(({ id, later }) => !later || answered.has(id)));
    const later = all.filter(({ id, later }) => later && !answered.has(id));
    /** @param {Item} request @returns {Row} */
    const row = (request) => ({ id: request.id, request, became: answered.get(request.id)?.became ?? (sent.has(request.id) ? "sending" : ""), declining: declining === request.id });
    return [
      ...now.flatMap((group) => [{ id: `group ${group.key}`, group, n: group.requests.filter(({ id }) => !answered.has(id)).length }, ...group.requests.map(row)]),
      ...(later.length ? [{ id: "later", put_off: true, n: later.length }, ...later.map(row)] : []),
    ];
  }

  function update() {
    const all = wanted();
    const still = heldStill(all, held, (id) => all.find((row) => row.id === id));
    rows = still.rows;
    list.update(rows);
    const more = () => ((held = null), update());
    render(still.fresh ? html`<button type="button" class="button is-small fresh" @click=${more}>${t("contacts.fresh", { n: still.fresh })}</button>` : nothing, fresh);
    render(rows.length ? given(room) : nothing, above);
    render(rows.length ? nothing : empty(t("contacts.requests.none")), none);
  }

  /** @param {Row} row */
  function drawHead({ group, n = 0 }) {
    if (!group) return html`<h3>${t("contacts.put_off", { n })}</h3>`;
    const title = titleOf(room, group.session);
    const kind = group.question ? "question" : group.where;
    const key = `contacts.group.${kind}${title ? "" : ".plain"}`;
    const ids = () => rows.filter(({ request, became }) => request && !became && group.requests.some(({ id }) => id === request.id)).map(({ id }) => id);
    return html`<h3>${n ? t(key, { n, session: title }) : t("contacts.group.done")}</h3>
      ${n > 1 ? drawAll(n, ids) : nothing}`;
  }

  /** @param {number} n @param {() => string[]} ids those that are seen when it is pressed */
  function drawAll(n, ids) {
    const button = (/** @type {string} */ act, /** @type {string} */ label, /** @type {() => void} */ press, look = "is-quiet") =>
      html`<button type="button" class="button is-small ${look}" data-act=${act} @click=${press}>${label}</button>`;
    return html`<div class="row request-all">
      ${button("accept-all", t("contacts.accept_all", { n }), () => askAll(ids(), "accepted"), "")}
      ${button("later-all", t("contacts.later_all"), () => void answer(ids(), "later"))}
      ${button("decline-all", t("contacts.decline_all"), () => askAll(ids(), "declined"))}
    </div>`;
  }

  /** @param {string[]} ids @param {"accepted"|"declined"} became */
  function askAll(ids, became) {
    const n = ids.length;
    const yes = () => (dialog.close(), void answer(ids, became));
    const isYes = became === "accepted";
    const what = isYes ? "accept_all" : "decline_all";
    dialog.draw(
      t(`contacts.${what}.title`, { n }),
      html`<p>${t(`contacts.${what}.what`)}</p>${isYes ? given(room) : nothing}
        ${sure({ label: t("contacts.back"), run: dialog.close }, { label: t(`contacts.${what}`, { n }), act: isYes ? "accept-all-yes" : "decline-all-yes", run: yes, isCalm: isYes })}`,
    );
    dialog.open();
  }

  /** @param {string[]} ids @param {keyof typeof COMMANDS} became */
  async function answer(ids, became) {
    const before = ids.map((id) => store.get("request", id));
    declining = "";
    const { done } = store.do(COMMANDS[became], { requests: ids });
    update();
    try {
      await done;
      for (const request of before) if (request) note(request, became);
      announce(t(`contacts.became.${became}`));
    } catch (why) {
      refused(why);
    }
    update();
  }

  /** @param {Item} request @param {Became} became */
  const note = (request, became) => void answered.set(request.id, { request, became });

  /** @param {Item} request */
  async function block(request) {
    declining = "";
    try {
      await store.do("block", { person: request.by }).done;
      note(request, "blocked");
    } catch (why) {
      refused(why);
    }
    update();
  }

  /** @param {unknown} why */
  function refused(why) {
    const { code, text } = /** @type {{code: string, text: string}} */ (why);
    room.toast(refusalText(code, text), true);
  }

  const acts = {
    answer: (/** @type {string} */ id, /** @type {keyof typeof COMMANDS} */ became) => void answer([id], became),
    block: (/** @type {Item} */ request) => void block(request),
    decline: (/** @type {string} */ id) => ((declining = id), update()),
  };
  /** The list is looked at no more. */
  const leave = () => ((declining = ""), answered.clear());
  return { update, leave, redraw: () => (list.redraw(), update()) };
}

const LAYOUT = html`<div class="requests">
  <div class="requests-note"></div>
  <div class="requests-fresh"></div>
  <ul class="request-list"></ul>
  <div class="requests-none"></div>
</div>`;

/** Writing a segment: kind and minutes are enough. What was begun survives a reload. */

import { LIMITS } from "../../app/limits.js";
import { draftOf } from "../../app/lib/drafts.js";
import { find, focusFirst, html, nothing, render } from "../../app/lib/dom.js";
import { onEscape } from "../../app/lib/keys.js";
import { t } from "../../app/i18n.js";
import { reasonOf } from "../../pages/host/acts.js";
import { nameOf } from "../running/name.js";

/** @typedef {import("../../pages/host.js").Host} Host */
/** @typedef {{id: string, kind: string, minutes: number|string, title: string, who: string, notes: string, poll: string, opens: boolean}} Draft */

export const KINDS = ["greeting", "talk", "video", "poll", "questions", "spotlight", "break", "borrel", "closing", "other"];
/** How long one of its kind usually is. @type {Record<string, number>} */
const USUAL = { greeting: 5, talk: 8, video: 3, poll: 3, questions: 6, spotlight: 10, break: 5, borrel: 15, closing: 5, other: 5 };
const { title: TITLE, who: WHO, notes: NOTES } = /** @type {any} */ (LIMITS).add_segment;
const FIELDS = /** @type {const} */ (["kind", "minutes", "title", "who", "notes", "poll", "opens"]);

/** @param {HTMLElement} root @param {Host} host */
export function createEditor(root, host) {
  const kept = draftOf(host, "segment");
  /** @type {Draft|null} */
  let draft = kept.get() ?? null;
  let wrong = "";
  let busy = false;

  /** @param {Partial<Draft>} change */
  function amend(change) {
    if (draft) draft = { ...draft, ...change };
    kept.set(draft);
    wrong = "";
    draw();
  }

  /** @param {string} id of a segment, empty for a new one */
  function open(id) {
    const segment = /** @type {Partial<Draft>|undefined} */ (host.store.get("segment", id));
    const { kind = "talk", title = "", who = "", notes = "", poll = "", opens = false } = segment ?? {};
    draft = { id, kind, minutes: segment?.minutes ?? USUAL[kind], title, who, notes, poll, opens };
    kept.set(draft);
    wrong = "";
    host.ui.set({});
    draw();
    root.scrollIntoView({ block: "nearest" });
    focusFirst(root);
  }

  function close() {
    const id = draft?.id;
    draft = null;
    kept.set(null);
    host.ui.set({});
    draw();
    (find(`[data-segment="${id}"] [data-act=change_segment]`) ?? find("#run [data-act=add_segment]"))?.focus();
  }

  async function save() {
    if (!draft || busy) return;
    const { id, ...given } = draft;
    const args = { ...given, minutes: Math.round(Number(given.minutes)) };
    const name = nameOf(/** @type {any} */ (args));
    const refused = (/** @type {import("../../pages/host/acts.js").Refused} */ why) => ((wrong = reasonOf(why)), draw());
    busy = true;
    const done = id
      ? await host.acts.do("change_segment", { segment: id, ...changed(id, args) }, () => t("host.did.change_segment", { name }), refused)
      : await host.acts.do("add_segment", args, () => t("host.did.add_segment", { name }), refused);
    busy = false;
    if (done) close();
  }

  /** What is another than it was. @param {string} id @param {Record<string, any>} args */
  function changed(id, args) {
    const had = /** @type {Record<string, any>} */ (host.store.get("segment", id) ?? {});
    return Object.fromEntries(FIELDS.filter((name) => args[name] !== had[name]).map((name) => [name, args[name]]));
  }

  const draw = () =>
    render(draft ? drawForm({ draft, wrong, amend, save, close, polls: host.store.all("poll"), isOver: isOver(draft.id) }) : nothing, root);

  /** Whether how long it is can be changed no more. @param {string} id */
  const isOver = (id) => Boolean(host.store.get("run", "now")?.ran?.some((/** @type {{segment: string}} */ one) => one.segment === id));

  return { draw, open, isOpen: () => draft !== null };
}

/** @param {{draft: Draft, wrong: string, amend: (change: Partial<Draft>) => void, save: () => void, close: () => void,
 *   polls: readonly any[], isOver: boolean}} form */
function drawForm({ draft, wrong, amend, save, close, polls, isOver }) {
  const value = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).value;
  const submit = (/** @type {Event} */ event) => (event.preventDefault(), save());
  const kind = (/** @type {Event} */ event) => amend({ kind: value(event), ...(draft.id ? {} : { minutes: USUAL[value(event)] }) });
  const text = (/** @type {"title"|"who"|"notes"} */ name, /** @type {{maxLength: number}} */ { maxLength }) =>
    html`<label
      >${t(`host.run.${name}`)}
      <input maxlength=${maxLength} .value=${draft[name]} autocomplete="off" data-field=${name} @input=${(/** @type {Event} */ e) => amend({ [name]: value(e) })} />
    </label>`;
  return html`<form class="editor" aria-label=${t(draft.id ? "host.run.change.title" : "host.run.add.title")} novalidate @submit=${submit} @keydown=${onEscape(close)}>
    <div class="run-two">
      <label
        >${t("host.run.kind")}
        <select data-field="kind" @change=${kind}>
          ${KINDS.map((one) => html`<option value=${one} ?selected=${one === draft.kind}>${t(`run.kind.${one}`)}</option>`)}
        </select>
      </label>
      <label
        >${t("host.run.minutes")}
        <input type="number" min="1" max="240" data-field="minutes" ?disabled=${isOver} .value=${String(draft.minutes)} @input=${(/** @type {Event} */ e) => amend({ minutes: value(e) })} />
      </label>
    </div>
    ${text("title", TITLE)} ${text("who", WHO)} ${text("notes", NOTES)} ${polls.length ? drawPolls(draft, polls, amend, value) : nothing}
    ${wrong ? html`<p class="error" role="alert">${wrong}</p>` : nothing}
    <div class="acts">
      <button class="button is-small">${t("host.run.keep")}</button>
      <button type="button" class="button is-small is-quiet" @click=${close}>${t("host.cancel")}</button>
    </div>
  </form>`;
}

/** @param {Draft} draft @param {readonly any[]} polls @param {(change: Partial<Draft>) => void} amend @param {(event: Event) => string} value */
const drawPolls = (draft, polls, amend, value) =>
  html`<label
      >${t("host.run.poll")}
      <select data-field="poll" @change=${(/** @type {Event} */ e) => amend({ poll: value(e), opens: Boolean(value(e)) && draft.opens })}>
        <option value="" ?selected=${!draft.poll}>${t("host.run.poll.none")}</option>
        ${polls.map((poll) => html`<option value=${poll.id} ?selected=${poll.id === draft.poll}>${poll.question}</option>`)}
      </select>
    </label>
    ${draft.poll
      ? html`<label class="check"
          ><input type="checkbox" .checked=${draft.opens} @change=${(/** @type {Event} */ e) => amend({ opens: /** @type {HTMLInputElement} */ (e.target).checked })} />
          ${t("host.run.opens")}</label
        >`
      : nothing}`;

/**
 * Writing a poll: its question, two to twenty options, one or many to choose.
 *
 * Enter goes on to the next option, and each button leaves focus in the field one writes in next: the hands stay
 * in the form. What is wrong is said at its field.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Poll} Poll
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("./draft.js").Wrong} Wrong
 * @typedef {{draft: Draft, wrong: Wrong|null, amend: (change: Partial<Draft>, focus?: number) => void,
 *   save: () => void, close: () => void, cancel: () => void}} Form
 */

import { LIMITS } from "../../app/limits.js";
import { draftOf as keptOf } from "../../app/lib/drafts.js";
import { find, focusFirst, html, nothing, render } from "../../app/lib/dom.js";
import { onEnter, onEscape } from "../../app/lib/keys.js";
import { t } from "../../app/i18n.js";
import { reasonOf } from "../../pages/host/acts.js";
import { argsOf, draftOf, mistakeIn, nextOption, OPTIONS_MAX, OPTIONS_MIN } from "./draft.js";
import { x } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";

const QUESTION_MAX = LIMITS.draft_poll.question.maxLength;
const OPTION_MAX = LIMITS.draft_poll.options.items.maxLength;

/** @param {HTMLElement} root @param {Host} host */
export function createEditor(root, host) {
  /** @type {Draft|null} */
  let draft = null;
  /** @type {Wrong|null} */
  let wrong = null;
  let busy = false;
  // half a poll from before a reload is open again, without taking the focus
  const begun = keptOf(host, "poll/").get();
  if (begun) host.ui.now = { ...host.ui.now, editing: (draft = begun).id };

  function draw() {
    const { editing } = host.ui.now;
    const opened = editing !== null && draft?.id !== editing;
    if (opened) draft = kept().get() ?? draftOf(/** @type {Poll|undefined} */ (host.store.get("poll", editing)));
    if (editing === null) draft = null;
    if (opened || !draft) wrong = null;
    render(draft ? drawForm({ draft, wrong, amend, save, close, cancel }) : nothing, root);
    if (opened) focusFirst(root);
  }

  /** @param {Partial<Draft>} change @param {number} [focus] the place of the option to write in now */
  function amend(change, focus) {
    if (draft) draft = { ...draft, ...change };
    kept().set(draft);
    wrong = null;
    draw();
    if (focus !== undefined) fieldOf(focus)?.focus();
  }

  /** As it was written so far, for when it is opened again. */
  const kept = () => keptOf(host, `poll/${host.ui.now.editing}`);

  function cancel() {
    kept().set(null);
    close();
  }

  function close() {
    host.ui.set({ editing: null });
    find("#polls button")?.focus();
  }

  /** @param {Wrong} found */
  function tell(found) {
    wrong = found;
    draw();
    fieldOf(found.field)?.focus();
  }

  async function save() {
    if (!draft || busy) return;
    const mistake = mistakeIn(draft);
    if (mistake) return tell({ field: mistake.field, text: t(mistake.key) });
    const own = kept();
    const { editing } = host.ui.now;
    // another poll may be written by the time of the answer
    const isOpen = () => host.ui.now.editing === editing;
    const refused = (/** @type {import("../../pages/host/acts.js").Refused} */ why) =>
      isOpen() ? tell({ field: "options", text: reasonOf(why) }) : host.acts.refused(why);
    // the words stay in the form until the server has them
    busy = true;
    const done = await host.acts.do("draft_poll", argsOf(draft), () => t("host.did.draft_poll"), refused);
    busy = false;
    if (!done) return;
    own.set(null);
    if (isOpen()) close();
  }

  /** @param {Wrong["field"]} field */
  const fieldOf = (field) => find(`[data-field="${field}"]`, root);

  return { draw, redraw: draw };
}

/** @param {Form} form */
function drawForm(form) {
  const { draft, wrong, amend, save, close, cancel } = form;
  const submit = (/** @type {Event} */ event) => (event.preventDefault(), save());
  return html`<form class="editor" aria-label=${t("host.polls.new")} novalidate @submit=${submit} @keydown=${onEscape(close)}>
    <label>
      ${t("host.editor.question")}
      <input
        data-field="question"
        maxlength=${QUESTION_MAX}
        .value=${draft.question}
        autocomplete="off"
        aria-invalid=${wrong?.field === "question" ? "true" : nothing}
        aria-describedby="editor-wrong"
        @input=${(/** @type {Event} */ e) => amend({ question: valueOf(e) })}
        @keydown=${onEnter(() => amend({}, 0))}
      />
    </label>
    ${drawWrong(wrong, "question")}
    <fieldset>
      <legend>${t("host.editor.options")}</legend>
      ${draft.options.map((option, at) => drawOption(form, option, at))}
      ${draft.options.length < OPTIONS_MAX ? drawAdd(form) : nothing} ${drawWrong(wrong, "options")}
    </fieldset>
    ${drawChoose(form)}
    <div class="acts">
      <button class="button is-small is-primary">${t("host.editor.save")}</button>
      <button type="button" class="button is-small is-quiet" @click=${cancel}>${t("host.cancel")}</button>
    </div>
  </form>`;
}

/** @param {Wrong|null} wrong @param {Wrong["field"]} field */
const drawWrong = (wrong, field) =>
  wrong?.field === field ? html`<p class="error" id="editor-wrong" role="alert">${wrong.text}</p>` : nothing;

/** @param {Form} form */
function drawAdd({ draft, amend }) {
  const add = () => amend({ options: [...draft.options, ""] }, draft.options.length);
  return html`<button type="button" class="button is-small is-quiet" @click=${add}>${t("host.editor.add")}</button>`;
}

/** @param {Form} form @param {string} option @param {number} at */
function drawOption({ draft, wrong, amend }, option, at) {
  const label = t("host.editor.option", { n: at + 1 });
  const goOn = () => {
    const next = nextOption(draft.options, at);
    amend({ options: next.options }, next.at);
  };
  return html`<div class="editor-option">
      <input
        data-field=${at}
        maxlength=${OPTION_MAX}
        .value=${option}
        aria-label=${label}
        placeholder=${label}
        autocomplete="off"
        aria-invalid=${wrong?.field === at ? "true" : nothing}
        aria-describedby=${wrong?.field === at ? "editor-wrong" : nothing}
        @input=${(/** @type {Event} */ e) => amend({ options: draft.options.with(at, valueOf(e)) })}
        @keydown=${onEnter(goOn)}
      />
      ${draft.options.length > OPTIONS_MIN ? drawRemove({ draft, amend }, at) : nothing}
    </div>
    ${drawWrong(wrong, at)}`;
}

/** @param {Pick<Form, "draft"|"amend">} form @param {number} at */
function drawRemove({ draft, amend }, at) {
  const remove = () => amend({ options: draft.options.toSpliced(at, 1) }, Math.min(at, draft.options.length - 2));
  return html`<button
    type="button"
    class="icon-button"
    aria-label=${t("host.editor.remove", { n: at + 1 })}
    @click=${remove}
  >
    ${icon(x)}
  </button>`;
}

/** @param {Form} form */
function drawChoose({ draft, amend }) {
  const one = (/** @type {"one"|"many"} */ choose) =>
    html`<label class="check">
      <input type="radio" name="choose" .checked=${draft.choose === choose} @change=${() => amend({ choose })} />
      ${t(`host.polls.choose_${choose}`)}
    </label>`;
  return html`<fieldset class="editor-choose">
    <legend>${t("host.editor.choose")}</legend>
    ${one("one")}${one("many")}
  </fieldset>`;
}

/** @param {Event} event */
const valueOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;

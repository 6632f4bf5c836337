/**
 * Writing a poll: its question, two to twenty options, one or many to choose.
 *
 * Enter goes on to the next option, and each button leaves focus in the field one writes in next: the hands stay
 * in the form. What is wrong is said at its field.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Poll} Poll
 * @typedef {import("./poll_draft.js").Draft} Draft
 * @typedef {import("./poll_draft.js").Wrong} Wrong
 * @typedef {{draft: Draft, wrong: Wrong|null, amend: (change: Partial<Draft>, focus?: number) => void,
 *   save: () => void, close: () => void}} Form
 */

import { find, focusFirst, html, nothing, render } from "../../lib/dom.js";
import { onEnter, onEscape } from "../../lib/keys.js";
import { t } from "../../i18n.js";
import { reasonOf } from "./acts.js";
import { argsOf, draftOf, mistakeIn, nextOption, OPTIONS_MAX, OPTIONS_MIN } from "./poll_draft.js";

const QUESTION_MAX = 200;
const OPTION_MAX = 100;

/** @param {HTMLElement} root @param {Host} host */
export function createEditor(root, host) {
  /** @type {Draft|null} */
  let draft = null;
  /** @type {Wrong|null} */
  let wrong = null;

  function draw() {
    const { editing } = host.ui.now;
    const opened = editing !== null && draft?.id !== editing;
    if (opened) draft = draftOf(/** @type {Poll|undefined} */ (host.store.get("poll", editing)));
    if (editing === null) draft = null;
    if (opened || !draft) wrong = null;
    render(draft ? drawForm({ draft, wrong, amend, save, close }) : nothing, root);
    if (opened) focusFirst(root);
  }

  /** @param {Partial<Draft>} change @param {number} [focus] the place of the option to write in now */
  function amend(change, focus) {
    if (draft) draft = { ...draft, ...change };
    wrong = null;
    draw();
    if (focus !== undefined) fieldOf(focus)?.focus();
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
    if (!draft) return;
    const mistake = mistakeIn(draft);
    if (mistake) return tell({ field: mistake.field, text: t(mistake.key) });
    const refused = (/** @type {import("./acts.js").Refused} */ why) => tell({ field: "options", text: reasonOf(why) });
    // the words stay in the form until the server has them
    if (await host.acts.do("draft_poll", argsOf(draft), t("host.did.draft_poll"), refused)) close();
  }

  /** @param {Wrong["field"]} field */
  const fieldOf = (field) => find(`[data-field="${field}"]`, root);

  return { draw, redraw: draw };
}

/** @param {Form} form */
function drawForm(form) {
  const { draft, wrong, amend, save, close } = form;
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
      <button type="button" class="button is-small is-quiet" @click=${close}>${t("host.cancel")}</button>
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
    <span aria-hidden="true">×</span>
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

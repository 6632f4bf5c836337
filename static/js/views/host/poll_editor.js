/**
 * Writing a poll: its question, two to twenty options, one or many to choose.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Poll} Poll
 * @typedef {{id: string, question: string, options: string[], choose: "one"|"many"}} Draft
 */

import { find, focusFirst, html, nothing, render } from "../../lib/dom.js";
import { t } from "../../i18n.js";

const QUESTION_MAX = 200;
const OPTION_MAX = 100;
const OPTIONS_MIN = 2;
const OPTIONS_MAX = 20;

/** @param {HTMLElement} root @param {Host} host */
export function createEditor(root, host) {
  /** @type {Draft|null} */
  let draft = null;

  function draw() {
    const { editing } = host.ui.now;
    const opened = editing !== null && draft?.id !== editing;
    if (opened) draft = draftOf(/** @type {Poll|undefined} */ (host.store.get("poll", editing)));
    if (editing === null) draft = null;
    render(draft ? drawForm(draft, amend, save, close) : nothing, root);
    if (opened) focusFirst(root);
  }

  /** @param {Partial<Draft>} change */
  function amend(change) {
    if (draft) draft = { ...draft, ...change };
    draw();
  }

  function close() {
    host.ui.set({ editing: null });
    find("#polls button")?.focus();
  }

  async function save() {
    if (!draft) return;
    const { id, question, choose } = draft;
    const options = draft.options.map((option) => option.trim()).filter(Boolean);
    if (!question.trim()) return host.acts.hint(t("host.editor.no_question"));
    if (options.length < OPTIONS_MIN) return host.acts.hint(t("host.editor.few_options"));
    const args = { question, options, choose, ...(id ? { poll: id } : {}) };
    // the words stay in the form until the server has them
    if (await host.acts.do("draft_poll", args, t("host.did.draft_poll"))) close();
  }

  return { draw, redraw: draw };
}

/** @param {Poll|undefined} poll @returns {Draft} */
function draftOf(poll) {
  if (!poll) return { id: "", question: "", options: ["", ""], choose: "one" };
  return { id: poll.id, question: poll.question, options: poll.options.map((one) => one.text), choose: poll.choose };
}

/** @param {Draft} draft @param {(change: Partial<Draft>) => void} amend @param {() => void} save @param {() => void} close */
function drawForm(draft, amend, save, close) {
  const submit = (/** @type {Event} */ event) => (event.preventDefault(), save());
  const keys = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close();
  return html`<form class="editor" aria-label=${t("host.polls.new")} @submit=${submit} @keydown=${keys}>
    <label>
      ${t("host.editor.question")}
      <input
        maxlength=${QUESTION_MAX}
        .value=${draft.question}
        autocomplete="off"
        @input=${(/** @type {Event} */ e) => amend({ question: valueOf(e) })}
      />
    </label>
    <fieldset>
      <legend>${t("host.editor.options")}</legend>
      ${draft.options.map((option, at) => drawOption(draft, option, at, amend))}
      ${
        draft.options.length < OPTIONS_MAX
          ? html`<button
              type="button"
              class="button is-small is-quiet"
              @click=${() => amend({ options: [...draft.options, ""] })}
            >
              ${t("host.editor.add")}
            </button>`
          : nothing
      }
    </fieldset>
    ${drawChoose(draft, amend)}
    <div class="acts">
      <button class="button is-small is-primary">${t("host.editor.save")}</button>
      <button type="button" class="button is-small is-quiet" @click=${close}>${t("host.cancel")}</button>
    </div>
  </form>`;
}

/** @param {Draft} draft @param {string} option @param {number} at @param {(change: Partial<Draft>) => void} amend */
function drawOption(draft, option, at, amend) {
  const changed = (/** @type {string} */ text) => draft.options.map((one, place) => (place === at ? text : one));
  const label = t("host.editor.option", { n: at + 1 });
  return html`<div class="editor-option">
    <input
      maxlength=${OPTION_MAX}
      .value=${option}
      aria-label=${label}
      placeholder=${label}
      autocomplete="off"
      @input=${(/** @type {Event} */ e) => amend({ options: changed(valueOf(e)) })}
    />
    ${
      draft.options.length > OPTIONS_MIN
        ? html`<button
            type="button"
            class="icon-button"
            aria-label=${t("host.editor.remove", { n: at + 1 })}
            @click=${() => amend({ options: draft.options.filter((_, place) => place !== at) })}
          >
            <span aria-hidden="true">×</span>
          </button>`
        : nothing
    }
  </div>`;
}

/** @param {Draft} draft @param {(change: Partial<Draft>) => void} amend */
function drawChoose(draft, amend) {
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

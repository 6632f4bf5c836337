/**
 * Writing a poll: what kind it is, its question, what can be answered, and, folded away, how it is run.
 *
 * Enter goes on to the next option, and each button leaves focus in the field one writes in next: the hands stay
 * in the form. What is wrong is said at its field.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Poll} Poll
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("./draft.js").Wrong} Wrong
 * @typedef {{draft: Draft, wrong: Wrong|null, amend: (change: Partial<Draft>, focus?: string|number) => void,
 *   save: () => void, close: () => void, cancel: () => void, earlier: readonly Poll[]}} Form `earlier`: polls of which this
 *   one can be a second round
 */

import { LIMITS } from "../../app/limits.js";
import { draftOf as keptOf } from "../../app/lib/drafts.js";
import { find, focusFirst, html, nothing, render } from "../../app/lib/dom.js";
import { onEnter, onEscape } from "../../app/lib/keys.js";
import { currentLang, t } from "../../app/i18n.js";
import { reasonOf } from "../../pages/host/acts.js";
import { argsOf, draftOf, mistakeIn, WITH_OPTIONS } from "./draft.js";
import { drawAnswers } from "./editor_answers.js";
import { drawForms } from "./editor_forms.js";
import { drawSettings } from "./editor_settings.js";
import { drawWrong, field } from "./editor_parts.js";

const QUESTION_MAX = LIMITS.draft_poll.question.maxLength;

/** @param {HTMLElement} root @param {Host} host */
export function createEditor(root, host) {
  /** @type {Draft|null} */
  let draft = null;
  /** @type {Wrong|null} */
  let wrong = null;
  let busy = false;
  // half a poll from before a reload is open again, without taking the focus
  const begun = keptOf(host, "poll/").get();
  if (begun) host.ui.now = { ...host.ui.now, editing: (draft = whole(begun)).id };

  function draw() {
    const { editing } = host.ui.now;
    const opened = editing !== null && draft?.id !== editing;
    if (opened) draft = begin(editing);
    if (editing === null) draft = null;
    if (opened || !draft) wrong = null;
    render(draft ? drawForm({ draft, wrong, amend, save, close, cancel, earlier: earlierOf(host, draft) }) : nothing, root);
    // past what kind it is: most are choices
    if (opened) (find("[data-field=question]", root) ?? focusFirst(root))?.focus();
  }

  /** @param {string} editing */
  function begin(editing) {
    const had = kept().get();
    return had ? whole(had) : draftOf(host.store.get("poll", editing));
  }

  /** @param {Partial<Draft>} change @param {string|number} [focus] the field to write in now */
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
    const mistake = mistakeIn(draft, currentLang());
    if (mistake) return tell({ field: mistake.field, text: t(mistake.key) });
    const own = kept();
    const { editing } = host.ui.now;
    // another poll may be written by the time of the answer
    const isOpen = () => host.ui.now.editing === editing;
    const place = WITH_OPTIONS.has(draft.form) ? "options" : "question";
    const refused = (/** @type {import("../../pages/host/acts.js").Refused} */ why) =>
      isOpen() ? tell({ field: place, text: reasonOf(why) }) : host.acts.refused(why);
    // the words stay in the form until the server has them
    busy = true;
    const done = await host.acts.do("draft_poll", argsOf(draft, currentLang()), () => t("host.did.draft_poll"), refused);
    busy = false;
    if (!done) return;
    own.set(null);
    if (isOpen()) close();
  }

  /** @param {Wrong["field"]} name */
  const fieldOf = (name) => find(`[data-field="${name}"]`, root);

  return { draw, redraw: draw };
}

/** One from an older page lacks what drafts have by now. @param {any} kept @returns {Draft} */
const whole = (kept) => ({ ...draftOf(undefined), ...kept });

/** Those that were opened, and have the same kind of answer. @param {Host} host @param {Draft} draft */
function earlierOf({ store }, { form, id }) {
  const polls = /** @type {readonly Poll[]} */ (store.all("poll"));
  return polls.filter((poll) => poll.state !== "draft" && (poll.form ?? "choice") === form && poll.id !== id);
}

/** @param {Form} form */
function drawForm(form) {
  const { draft, wrong, amend, save, close, cancel } = form;
  const submit = (/** @type {Event} */ event) => (event.preventDefault(), save());
  return html`<form class="editor" aria-label=${t("host.polls.new")} novalidate @submit=${submit} @keydown=${onEscape(close)}>
    ${drawForms(form)}
    <label>
      ${t("host.editor.question")}
      ${field(form, "question", draft.question, {
        max: QUESTION_MAX,
        change: (question) => amend({ question }),
        keydown: onEnter(() => amend({}, WITH_OPTIONS.has(draft.form) ? 0 : undefined)),
      })}
    </label>
    ${drawWrong(wrong, "question")} ${drawAnswers(form)} ${drawSettings(form)}
    <div class="acts">
      <button class="button is-small is-primary">${t("host.editor.save")}</button>
      <button type="button" class="button is-small is-quiet" @click=${cancel}>${t("host.cancel")}</button>
    </div>
  </form>`;
}

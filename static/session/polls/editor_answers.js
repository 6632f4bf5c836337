/** What can be answered: options, the steps of a scale, the limits of a number. The editor keeps it. */

import { LIMITS } from "../../app/limits.js";
import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { onEnter } from "../../app/lib/keys.js";
import { icon } from "../../parts/icon.js";
import { x } from "../../vendor/icons.js";
import { nextOption, OPTIONS_MAX, OPTIONS_MIN, withoutOption } from "./draft.js";
import { choose, chooseLabel, drawWrong, field, radio } from "./editor_parts.js";

/** @typedef {import("./editor.js").Form} Form */

const OPTION_MAX = LIMITS.draft_poll.options.items.maxLength;
const { scale: SCALE, number: NUMBER } = /** @type {any} */ (LIMITS.draft_poll);
/** Of words at the ends of a scale, and of a unit, where the server does not say. */
const LABEL_MAX = SCALE?.low?.maxLength ?? 40;
const UNIT_MAX = NUMBER?.unit?.maxLength ?? 20;
/** The scales that are usual. @type {[number, number][]} */
const SCALES = [[1, 5], [1, 7], [1, 10], [0, 10]];

/** @param {Form} form */
export function drawAnswers(form) {
  const { form: name } = form.draft;
  if (name === "scale") return drawScale(form);
  if (name === "number") return drawNumber(form);
  if (name === "cloud" || name === "text") return html`<p class="soft editor-hint">${t(`host.editor.${name}_hint`)}</p>`;
  return html`<fieldset>
      <legend>${t(name === "quiz" ? "host.editor.options_right" : "host.editor.options")}</legend>
      ${form.draft.options.map((option, at) => drawOption(form, option, at))}
      ${form.draft.options.length < OPTIONS_MAX ? drawAdd(form) : nothing} ${drawWrong(form.wrong, "options", "right")}
    </fieldset>
    ${name === "ranking" ? nothing : drawChoose(form)}`;
}

/** @param {Form} form */
function drawAdd({ draft, amend }) {
  const add = () => amend({ options: [...draft.options, ""] }, draft.options.length);
  return html`<button type="button" class="button is-small is-quiet" @click=${add}>${t("host.editor.add")}</button>`;
}

/** @param {Form} form @param {string} option @param {number} at */
function drawOption(form, option, at) {
  const { draft, wrong, amend } = form;
  const label = t("host.editor.option", { n: at + 1 });
  const goOn = () => {
    const next = nextOption(draft.options, at);
    amend({ options: next.options }, next.at);
  };
  const change = (/** @type {string} */ text) => amend({ options: draft.options.with(at, text) });
  return html`<div class="editor-option">
      ${draft.form === "quiz" ? drawRight(form, at) : nothing}
      ${field(form, at, option, { max: OPTION_MAX, name: label, hint: label, change, keydown: onEnter(goOn) })}
      ${draft.options.length > OPTIONS_MIN ? drawRemove(form, at) : nothing}
    </div>
    ${drawWrong(wrong, at)}`;
}

/** @param {Form} form @param {number} at */
function drawRight({ draft, amend }, at) {
  const change = (/** @type {Event} */ event) => {
    const { checked } = /** @type {HTMLInputElement} */ (event.target);
    const others = draft.right.filter((one) => one !== at);
    amend({ right: checked ? [...others, at].sort((a, b) => a - b) : others });
  };
  return html`<input type="checkbox" data-field=${at === 0 ? "right" : nothing} aria-label=${t("host.editor.right", { n: at + 1 })} .checked=${draft.right.includes(at)} @change=${change} />`;
}

/** @param {Form} form @param {number} at */
function drawRemove({ draft, amend }, at) {
  const remove = () => amend(withoutOption(draft, at), Math.min(at, draft.options.length - 2));
  return html`<button type="button" class="icon-button" aria-label=${t("host.editor.remove", { n: at + 1 })} @click=${remove}>${icon(x)}</button>`;
}

/** @param {Form} form */
function drawChoose({ draft, amend }) {
  const one = (/** @type {"one"|"many"} */ how) => radio(chooseLabel(how), "choose", draft.choose === how, () => amend({ choose: how }));
  return html`<fieldset class="editor-choose">
    <legend>${t("host.editor.choose")}</legend>
    ${one("one")}${one("many")}
  </fieldset>`;
}

/** @param {Form} form */
function drawScale(form) {
  const { draft, amend } = form;
  const now = `${draft.from}–${draft.to}`;
  const all = SCALES.map(([from, to]) => /** @type {[string, string]} */ ([`${from}–${to}`, t("host.editor.scale_is", { from, to })]));
  const change = (/** @type {string} */ value) => {
    const [from, to] = value.split("–").map(Number);
    amend({ from, to });
  };
  return html`<div class="editor-pair">
    ${choose(t("host.editor.scale"), "to", now, all.some(([one]) => one === now) ? all : [[now, now], ...all], change)}
    ${drawWrong(form.wrong, "to")}
    <label>${t("host.editor.low", { n: draft.from })} ${field(form, "low", draft.low, { max: LABEL_MAX, hint: t("host.editor.low_hint"), change: (low) => amend({ low }) })}</label>
    <label>${t("host.editor.high", { n: draft.to })} ${field(form, "high", draft.high, { max: LABEL_MAX, hint: t("host.editor.high_hint"), change: (high) => amend({ high }) })}</label>
  </div>`;
}

/** @param {Form} form */
function drawNumber(form) {
  const { draft, amend, wrong } = form;
  return html`<div class="editor-pair">
    <label>${t("host.editor.unit")} ${field(form, "unit", draft.unit, { max: UNIT_MAX, hint: t("host.editor.unit_hint"), change: (unit) => amend({ unit }) })}</label>
    <label>${t("host.editor.least")} ${field(form, "least", draft.least, { mode: "decimal", change: (least) => amend({ least }) })}</label>
    <label>${t("host.editor.most")} ${field(form, "most", draft.most, { mode: "decimal", change: (most) => amend({ most }) })}</label>
    ${drawWrong(wrong, "least", "most")}
  </div>`;
}

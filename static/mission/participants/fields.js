/** The fields of my card, each with who sees it. */

import { currentLang, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { icon } from "../../parts/icon.js";
import { eye, x } from "../../vendor/icons.js";
import { counter, suggested } from "../../parts/text.js";
import { lengthOf } from "../../app/lib/words.js";
import { countries, KINDS } from "./choices.js";
import { LIMITS } from "../limits.js";
import { languageName } from "../programme/language.js";
import { tagField } from "./tags.js";

/** @typedef {import("./card_form.js").Fields} Fields */
/**
 * @typedef {{fields: Fields, wrong: import("./participant.js").Wrong|null, set: (change: Partial<Fields>) => void,
 *   take: () => void, known: Record<string, string[]>}} Sheet
 */

const LONGEST = /** @type {Record<string, any>} */ (LIMITS.change_card);
/** What a browser knows of its person. @type {Record<string, string>} */
const COMPLETES = { name: "name", organisation: "organization", email: "email", phone: "tel", link: "url" };
/** @type {Record<string, string>} */
const TYPES = { email: "email", phone: "tel", link: "url" };
const LANGUAGES = ["nl", "en", "de", "fr", "es", "it", "pt", "pl", "da", "sv", "no", "fi", "zh", "ja", "ko", "ar", "tr", "uk", "hi"];

/** @param {Sheet} sheet */
export function cardFields(sheet) {
  return html`${seenBy("all")}
    <div class="me-two">${line("name", sheet)} ${line("organisation", sheet)}</div>
    <div class="me-three">
      ${choose("kind", KINDS.map((kind) => [kind, t(kind ? `kind.${kind}` : "me.choose")]), sheet)}
      ${line("place", sheet)} ${choose("country", countries(sheet.fields.country, t("me.no_country")), sheet)}
    </div>
    ${line("pitch", sheet)}
    <div class="me-two">${tagged("offers", sheet)} ${tagged("seeks", sheet)}</div>
    <div class="me-two">${tagged("sectors", sheet)} ${languages(sheet)}</div>
    <div class="me-two">${line("link", sheet)} ${line("say_as", sheet)}</div>
    ${seenBy("organisers")}
    <div class="me-two">${line("email", sheet)} ${line("phone", sheet)}</div>`;
}

/** Above the fields that these see. @param {"all"|"organisers"} who */
const seenBy = (who) => html`<p class="me-seen">${icon(eye)} ${t(`me.seen.${who}`)}</p>`;

/** @param {Exclude<keyof Fields, "sectors"|"offers"|"seeks"|"languages">} name @param {Sheet} sheet */
function line(name, { fields, wrong, set, take }) {
  const error = wrong?.field === name ? wrong.text : "";
  const hint = t(`me.${name}.hint`);
  const said = hint === `me.${name}.hint` ? "" : hint;
  const type = (/** @type {any} */ { target }) => set({ [name]: target.value });
  return html`<div class="field">
    <label for="my-${name}">${t(`me.${name}`)}</label>
    <input
      id="my-${name}"
      name=${name}
      type=${/** @type {any} */ (TYPES[name] ?? "text")}
      .value=${fields[name]}
      maxlength=${LONGEST[name].maxLength}
      autocomplete=${/** @type {any} */ (COMPLETES[name] ?? "off")}
      ?required=${name === "name"}
      aria-invalid=${Boolean(error)}
      aria-describedby="my-${name}-note"
      @input=${type}
    />
    <span id="my-${name}-note" class=${error ? "error" : "hint"} role=${error ? "alert" : nothing}>${error || said || nothing}
      ${name === "pitch" ? counter(lengthOf(fields.pitch), LONGEST.pitch.maxLength) : nothing}</span>
    ${error ? suggested(wrong?.suggestion, take) : nothing}
  </div>`;
}

/** @param {"kind"|"country"} name @param {string[][]} options @param {Sheet} sheet */
function choose(name, options, { fields, set }) {
  return html`<div class="field">
    <label for="my-${name}">${t(`me.${name}`)}</label>
    <select id="my-${name}" name=${name} @change=${(/** @type {any} */ { target }) => set({ [name]: target.value })}>
      ${options.map(([value, label]) => html`<option value=${value} .selected=${value === fields[name]}>${label}</option>`)}
    </select>
  </div>`;
}

/** @param {"sectors"|"offers"|"seeks"} name @param {Sheet} sheet */
const tagged = (name, { fields, wrong, set, known }) =>
  tagField({
    name,
    label: t(`me.${name}`),
    hint: t(`me.${name}.hint`),
    tags: fields[name],
    known: known[name] ?? [],
    most: LONGEST[name].maxItems,
    longest: LONGEST[name].items.maxLength,
    error: wrong?.field === name ? wrong.text : "",
    changed: (tags) => set({ [name]: tags }),
  });

/** @param {Sheet} sheet */
function languages({ fields, set }) {
  const rest = LANGUAGES.filter((code) => !fields.languages.includes(code)).sort((a, b) => languageName(a).localeCompare(languageName(b), currentLang()));
  const add = (/** @type {any} */ { target }) => {
    if (target.value) set({ languages: [...fields.languages, target.value] });
    target.value = "";
  };
  const drop = (/** @type {string} */ code) => set({ languages: fields.languages.filter((one) => one !== code) });
  return html`<div class="field">
    <label for="my-languages">${t("me.languages")}</label>
    ${fields.languages.length
      ? html`<p class="tag-line">${fields.languages.map((code) => html`<button type="button" class="chip" aria-label=${t("me.tag.drop", { tag: languageName(code) })} @click=${() => drop(code)}>${languageName(code)} ${icon(x)}</button>`)}</p>`
      : nothing}
    <select id="my-languages" @change=${add}>
      <option value="">${t("me.languages.add")}</option>
      ${rest.map((code) => html`<option value=${code}>${languageName(code)}</option>`)}
    </select>
  </div>`;
}


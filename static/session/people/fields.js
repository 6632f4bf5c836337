/** The fields by which somebody says who they are: at the door, and later, where it is corrected. */

import { countryName, currentLang, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { suggested } from "../../parts/text.js";

/** @typedef {import("../../app/enter.js").Profile} Profile */
/** @typedef {{field: string, text: string, suggestion: string}} Wrong */
/**
 * What is filled in, and what is wrong with it; `take` takes what was suggested.
 * @typedef {{values: Record<string, string>, wrong: Wrong|null, take: () => void}} Sheet
 */

const KINDS = ["", "sme", "consultancy", "knowledge", "local", "federal", "other"];
/** Offered first; any other country can be typed by its two letters through the list's end. */
const NEAR = ["NL", "US", "BE", "DE", "FR", "GB", "CA", "DK", "NO", "SE"];
/** Of whom, and what else is told with it. @type {Record<string, string>} */
const COMPLETES = { name: "name", organisation: "organization" };

export const PROFILE = /** @type {const} */ (["name", "organisation", "kind", "country", "say_as"]);

/** The fields as they are known. @param {Partial<Record<string, any>>} known @returns {Record<string, string>} */
export const filled = (known) => Object.fromEntries(PROFILE.map((field) => [field, known[field] ?? ""]));

/** Which field a refusal is about. @param {{code: string, field?: string}} why */
export function fieldOf({ code, field }) {
  if (code === "person.country") return "country";
  return field || { person: "name", organisation: "organisation", say_as: "say_as" }[code.split(".")[0]] || "";
}

/**
 * @param {string} name
 * @param {Sheet} sheet
 * @param {number} limit
 * @param {{label: string, hint?: string}} words
 */
export function input(name, { values, wrong, take }, limit, { label, hint = "" }) {
  const error = wrong?.field === name ? wrong.text : "";
  return html`<div class="field">
    <label for="my-${name}">${label}</label>
    <input
      id="my-${name}"
      name=${name}
      .value=${values[name]}
      maxlength=${limit}
      autocomplete=${/** @type {any} */ (COMPLETES[name] ?? "off")}
      ?required=${name === "name"}
      aria-invalid=${Boolean(error)}
      aria-describedby="my-${name}-note"
      @input=${(/** @type {Event} */ { target }) => void (values[name] = /** @type {HTMLInputElement} */ (target).value)}
    />
    <span id="my-${name}-note" class=${error ? "error" : "hint"} role=${error ? "alert" : nothing}
      >${error || hint || nothing}</span
    >
    ${error ? suggested(wrong?.suggestion, take) : nothing}
  </div>`;
}

/** Asked, and nobody's word but one's own. @param {Sheet} sheet */
export const kindField = ({ values }) =>
  select("kind", KINDS.map((kind) => [kind, t(kind ? `kind.${kind}` : "door.choose")]), values);

/** @param {Sheet} sheet */
export const countryField = ({ values }) => select("country", countries(values.country), values);

/**
 * @param {string} name
 * @param {string[][]} options
 * @param {Record<string, string>} values
 */
function select(name, options, values) {
  return html`<div class="field">
    <label for="my-${name}">${t(`door.${name}`)}</label>
    <select
      id="my-${name}"
      name=${name}
      @change=${(/** @type {Event} */ { target }) => void (values[name] = /** @type {HTMLSelectElement} */ (target).value)}
    >
      ${options.map(
        ([value, label]) => html`<option value=${value} .selected=${value === values[name]}>${label}</option>`,
      )}
    </select>
  </div>`;
}

/** @param {string} own @returns {string[][]} all countries the browser can name, the near ones first */
function countries(own) {
  const first = [...new Set([own, ...NEAR])].filter(Boolean);
  const rest = codes()
    .filter((code) => !first.includes(code))
    .map((code) => [code, countryName(code)])
    .sort((a, b) => a[1].localeCompare(b[1], currentLang()));
  return [["", t("door.no_country")], ...first.map((code) => [code, countryName(code)]), ...rest];
}

function codes() {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const all = letters.flatMap((a) => letters.map((b) => a + b));
  // pseudo-regions and groups have names too, but nobody lives there; a country of the past has a newer code
  const isCountry = (/** @type {string} */ code) =>
    !/^(EU|EZ|UN|ZZ|XA|XB|QO|[QX][M-Z])$/.test(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
  return all.filter((code) => isCountry(code) && countryName(code) !== code);
}

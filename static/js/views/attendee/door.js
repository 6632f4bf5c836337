/** The door: who you are, as the organiser knows you; how your name is said; and who will see this. */

import { throughTheDoor } from "../../enter.js";
import { countryName, currentLang, LANGUAGE_NAMES, LANGUAGES, refusalText, t } from "../../i18n.js";
import { find, html, nothing, render } from "../../lib/dom.js";
import { suggested } from "./parts.js";

/** @typedef {import("../../enter.js").Identity} Identity */
/** @typedef {import("../../enter.js").Problem} Problem */
/** @typedef {import("../../enter.js").Profile} Profile */
/** @typedef {{field: string, text: string, suggestion: string, take: () => void}} Wrong */

const KINDS = ["sme", "consultancy", "knowledge", "local", "federal", "other"];
/** Offered first; any other country can be typed by its two letters through the list's end. */
const NEAR = ["NL", "US", "BE", "DE", "FR", "GB", "CA", "DK", "NO", "SE"];
const FIELDS = /** @type {const} */ (["name", "organisation", "kind", "country", "say_as"]);

/**
 * @param {HTMLElement} root
 * @param {Identity} identity
 * @param {(lang: string) => Promise<void>} setLang
 * @returns {Promise<Identity>} once through
 */
export function throughDoor(root, identity, setLang) {
  return openDoor(root, identity.you, setLang, (profile) => throughTheDoor(identity.as, profile));
}

/**
 * @param {HTMLElement} root
 * @param {Profile} known what the fields hold at first
 * @param {(lang: string) => Promise<void>} setLang
 * @param {(profile: Profile) => Promise<Identity>} come
 * @returns {Promise<Identity>} once through
 */
export function openDoor(root, known, setLang, come) {
  return new Promise((entered) => {
    /** @type {Record<string, string>} */
    const profile = Object.fromEntries(FIELDS.map((field) => [field, known[field] ?? ""]));
    /** @type {Wrong|null} */
    let wrong = null;
    let busy = false;

    /** @param {SubmitEvent} event */
    async function submit(event) {
      event.preventDefault();
      if (busy) return;
      busy = true;
      draw();
      try {
        entered(await come(profile));
      } catch (why) {
        const { code, text, suggestion = "" } = /** @type {Problem} */ (why);
        wrong = { field: fieldOf(code), text: refusalText(code, text), suggestion, take };
        busy = false;
        draw();
        find("[aria-invalid=true]", root)?.focus();
      }
    }

    function take() {
      if (!wrong) return;
      const { field, suggestion } = wrong;
      profile[field] = suggestion;
      wrong = null;
      draw();
      find(`#door-${field}`, root)?.focus();
    }

    /** @param {string} lang */
    async function language(lang) {
      await setLang(lang);
      draw();
    }

    function draw() {
      document.title = t("door.title");
      const write = (/** @type {string} */ field, /** @type {string} */ value) => void (profile[field] = value);
      render(
        html`<main class="plain door">
          <div class="door-top">
            <p class="eyebrow">${t("door.eyebrow")}</p>
            <div class="row">
              ${LANGUAGES.map(
                (lang) =>
                  html`<button
                    type="button"
                    class="button is-small is-quiet"
                    lang=${lang}
                    aria-pressed=${lang === currentLang()}
                    @click=${() => language(lang)}
                  >
                    ${LANGUAGE_NAMES[lang]}
                  </button>`,
              )}
            </div>
          </div>
          <h1>${t("door.title")}</h1>
          <p>${t("door.what")}</p>
          <form class="stack" @submit=${submit} novalidate>
            ${input("name", profile, wrong, write, "name", 64)}
            ${input("organisation", profile, wrong, write, "organization", 100)}
            <div class="door-two">
              ${select(
                "kind",
                KINDS.map((kind) => [kind, t(`kind.${kind}`)]),
                profile,
                write,
              )}
              ${select("country", countries(profile.country), profile, write)}
            </div>
            ${input("say_as", profile, wrong, write, "off", 64)}
            <p class="door-seen"><span aria-hidden="true">👁</span><span>${t("door.seen")}</span></p>
            ${wrong && !FIELDS.includes(/** @type {any} */ (wrong.field))
              ? html`<p class="message-failed" role="alert">${wrong.text}</p>`
              : nothing}
            <p class="door-foot">
              <button class="button is-primary door-go" aria-disabled=${busy}>${t("door.go")}</button>
            </p>
          </form>
        </main>`,
        root,
      );
    }
    draw();
  });
}

/** Which field a refusal is about: the first word of its code says so. @param {string} code */
function fieldOf(code) {
  if (code === "person.country") return "country";
  return { person: "name", organisation: "organisation", say_as: "say_as" }[code.split(".")[0]] ?? "";
}

/**
 * @param {string} name
 * @param {Record<string, string>} profile
 * @param {Wrong|null} wrong
 * @param {(field: string, value: string) => void} write
 * @param {string} autocomplete
 * @param {number} limit
 */
function input(name, profile, wrong, write, autocomplete, limit) {
  const error = wrong?.field === name ? wrong.text : "";
  const hint = name === "say_as";
  return html`<div class="field">
    <label for="door-${name}">${t(`door.${name}`)}</label>
    <input
      id="door-${name}"
      name=${name}
      .value=${profile[name]}
      maxlength=${limit}
      autocomplete=${/** @type {any} */ (autocomplete)}
      ?required=${name === "name"}
      aria-invalid=${Boolean(error)}
      aria-describedby="door-${name}-note"
      @input=${(/** @type {Event} */ event) => write(name, /** @type {HTMLInputElement} */ (event.target).value)}
    />
    <span id="door-${name}-note" class=${error ? "error" : "hint"} role=${error ? "alert" : nothing}
      >${error || (hint ? t("door.say_as.hint") : nothing)}</span
    >
    ${error && wrong ? suggested(wrong.suggestion, wrong.take) : nothing}
  </div>`;
}

/**
 * @param {string} name
 * @param {string[][]} options
 * @param {Record<string, string>} profile
 * @param {(field: string, value: string) => void} write
 */
function select(name, options, profile, write) {
  return html`<div class="field">
    <label for="door-${name}">${t(`door.${name}`)}</label>
    <select
      id="door-${name}"
      name=${name}
      @change=${(/** @type {Event} */ event) => write(name, /** @type {HTMLSelectElement} */ (event.target).value)}
    >
      ${options.map(
        ([value, label]) => html`<option value=${value} .selected=${value === profile[name]}>${label}</option>`,
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

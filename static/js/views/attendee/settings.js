/** Settings: language, light or dark, reading the chat aloud, keys with their off-switch; my devices, and leaving. */

import { currentLang, LANGUAGE_NAMES, LANGUAGES, t } from "../../i18n.js";
import { html, render } from "../../lib/dom.js";
import { applyTheme, pref, setPref } from "../../lib/prefs.js";
import { createDevices } from "../devices.js";
import { showProblem } from "../problem.js";
import { openDialog } from "./dialog.js";

/** @typedef {import("../shell.js").Room} Room */

const KEYS = [["/"], ["g", "c"], ["g", "q"], ["g", "p"], ["g", "m"], ["?"]];

/** @param {Room} room */
export function openSettings(room) {
  /** @type {HTMLDialogElement} */
  let dialog;

  /** @param {string} lang */
  async function language(lang) {
    await room.setLang(lang);
    draw();
  }

  /** @param {string} theme */
  function theme(theme) {
    setPref("theme", theme);
    applyTheme();
    draw();
  }

  function draw() {
    dialog.setAttribute("aria-label", t("settings.open"));
    render(
      html`<div class="stack">
        <div class="list-bar">
          <h2>${t("settings.open")}</h2>
          <button type="button" class="icon-button" aria-label=${t("settings.close")} @click=${() => dialog.close()}>
            <span aria-hidden="true">×</span>
          </button>
        </div>
        ${choices(
          t("settings.language"),
          "lang",
          LANGUAGES.map((lang) => [lang, LANGUAGE_NAMES[lang]]),
          currentLang(),
          language,
        )}
        ${choices(
          t("settings.theme"),
          "theme",
          ["auto", "light", "dark"].map((name) => [name, t(`settings.theme.${name}`)]),
          pref("theme", "auto"),
          theme,
        )}
        <section id="devices" class="stack"></section>
        ${onOff("announce", t("settings.announce"), draw)} ${onOff("keys", t("settings.keys"), draw)}
        <h3>${t("settings.key_list")}</h3>
        <dl class="key-list">
          ${KEYS.map(
            (keys) =>
              html`<dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt>
                <dd>${t(`keys.${keys.at(-1) === "/" ? "slash" : keys.at(-1) === "?" ? "help" : keys.at(-1)}`)}</dd>`,
          )}
        </dl>
      </div>`,
      dialog,
    );
  }
  openDialog((opening) => {
    dialog = opening;
    draw();
    const root = /** @type {HTMLElement} */ (dialog.querySelector("#devices"));
    const { as, device } = room.identity;
    createDevices(root, { store: room.store, as, device, left: showProblem });
  });
}

/**
 * @param {string} legend
 * @param {string} name
 * @param {string[][]} options
 * @param {string} value
 * @param {(value: string) => void} change
 */
function choices(legend, name, options, value, change) {
  return html`<fieldset class="in-a-row">
    <legend>${legend}</legend>
    ${options.map(
      ([option, label]) =>
        html`<label class="choice"
          ><input type="radio" name="set-${name}" .checked=${option === value} @change=${() => change(option)} /><span
            lang=${name === "lang" ? option : ""}
            >${label}</span
          ></label
        >`,
    )}
  </fieldset>`;
}

/**
 * @param {string} name
 * @param {string} label
 * @param {() => void} changed
 */
function onOff(name, label, changed) {
  const on = pref(name, "on") !== "off";
  return html`<label class="choice"
    ><input type="checkbox" .checked=${on} @change=${() => (setPref(name, on ? "off" : "on"), changed())} /><span
      >${label}</span
    ></label
  >`;
}

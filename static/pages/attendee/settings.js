/** Settings: language, light or dark, reading the chat aloud, keys with their off-switch; my devices, and leaving. */

import { currentLang, LANGUAGE_NAMES, LANGUAGES, t } from "../../app/i18n.js";
import { html } from "../../app/lib/dom.js";
import { applyTheme, pref, setPref } from "../../app/lib/prefs.js";
import { problem } from "../../app/rare.js";
import { createDialog } from "../../parts/dialog.js";
import { keyList } from "../../parts/keys.js";
import { KEYS } from "./keys.js";

/** @typedef {import("./frame.js").Room} Room */

/** @param {Room} room */
export function openSettings(room) {
  const dialog = createDialog("settings");

  let drawDevices = () => {};

  /** @param {string} lang */
  async function language(lang) {
    await room.setLang(lang);
    draw();
    drawDevices();
  }

  /** @param {string} theme */
  function theme(theme) {
    setPref("theme", theme);
    applyTheme();
    draw();
  }

  function draw() {
    dialog.draw(
      t("settings.open"),
      html`<div class="stack">
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
        ${keyList(KEYS, (act) => t(`keys.${act}`))}
      </div>`,
    );
  }

  draw();
  const root = /** @type {HTMLElement} */ (dialog.find("#devices"));
  const { as, device } = room.identity;
  import("../../session/devices/devices.js").then(
    ({ createDevices }) => (drawDevices = createDevices(root, { store: room.store, as, device, left })),
    // without the network there is none to end
    () => {},
  );
  dialog.open();
}

/** How leaving went. @param {string} code */
const left = async (code) => (await problem()).showProblem(code);

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

/** The way to where one organises, the language, and light or dark. */

import { LANGUAGES, LANGUAGE_NAMES, currentLang, t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { applyTheme, pref, setPref } from "../../app/lib/prefs.js";
import { icon } from "../../parts/icon.js";
import { contrast, globe } from "../../vendor/icons.js";

/** @typedef {import("./frame.js").Room} Room */

const THEMES = ["auto", "light", "dark"];

/** @param {Room} room */
export function create(room) {
  const root = room.place("menu");

  function theme() {
    const next = THEMES[(THEMES.indexOf(pref("theme", "auto")) + 1) % THEMES.length];
    setPref("theme", next);
    applyTheme();
    room.toast(t(`menu.theme.${next}`));
  }

  return {
    of: ["participant"],
    update() {
      const other = LANGUAGES.find((lang) => lang !== currentLang()) ?? "en";
      render(
        html`${room.me()?.role === "organiser" ? html`<a class="button is-small is-quiet" href="/organise/${room.id}?as=${room.identity.as}">${t("menu.organise")}</a>` : nothing}
          <button type="button" class="icon-button" aria-label=${t("menu.theme")} title=${t("menu.theme")} @click=${theme}>${icon(contrast)}</button>
          <button type="button" class="button is-small is-quiet" lang=${other} aria-label=${LANGUAGE_NAMES[other]} title=${LANGUAGE_NAMES[other]} @click=${() => room.setLang(other)}>
            ${icon(globe)} ${other.toUpperCase()}
          </button>`,
        root,
      );
    },
  };
}

/** Keys: `/` to write, `g` and a letter for a tab, `?` for this list; never while somebody types. */

import { t } from "../../i18n.js";
import { html, render } from "../../lib/dom.js";
import { isSingle, watchWriting } from "../../lib/keys.js";
import { pref } from "../../lib/prefs.js";

/** @typedef {import("../shell.js").Room} Room */
/** @typedef {import("../shell.js").Tab} Tab */

const PAUSE_MS = 1500;

/** @type {Record<string, Tab>} */
const TAB_KEYS = { c: "chat", q: "questions", p: "polls", m: "people" };

/** @param {Room} room */
export function create(room) {
  const mayAct = watchWriting(document);
  let gAt = 0;

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (!isSingle(event) || event.repeat || !mayAct(event) || pref("keys", "on") === "off") return;
    const tab = Date.now() - gAt < PAUSE_MS ? TAB_KEYS[event.key] : undefined;
    gAt = event.key === "g" ? Date.now() : 0;
    const act = tab ? () => room.open(tab, true) : { "/": () => compose(room), "?": () => settings(room) }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  document.addEventListener("keydown", pressed);
  return {
    update() {
      render(
        html`<button
          type="button"
          class="icon-button"
          aria-label=${t("settings.open")}
          title=${t("settings.open")}
          @click=${() => settings(room)}
        >
          <svg
            viewBox="0 0 24 24"
            width="22"
            height="22"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            aria-hidden="true"
          >
            <path d="M4 7h9M19 7h1M4 17h1M11 17h9" />
            <circle cx="16" cy="7" r="2.500" />
            <circle cx="8" cy="17" r="2.500" />
          </svg>
        </button>`,
        room.place("menu"),
      );
    },
  };
}

/** @param {Room} room */
function compose(room) {
  room.open("chat");
  document.getElementById("say")?.focus();
}

/** @param {Room} room */
function settings(room) {
  import("./settings.js").then(
    ({ openSettings }) => openSettings(room),
    () => room.toast(t("problem.passing.text"), true),
  );
}

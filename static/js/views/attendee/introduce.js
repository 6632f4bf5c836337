/** How my name is said, my line and my link: what a host reads out, and what others find under my name. */

import { refusalText, t } from "../../i18n.js";
import { html, nothing, render } from "../../lib/dom.js";
import { openDialog } from "./dialog.js";
import { suggested } from "./parts.js";

/** @typedef {import("../shell.js").Room} Room */

/** @param {Room} room */
export function openIntroduction(room) {
  const me = room.me();
  /** @type {HTMLDialogElement} */
  let dialog;
  let error = "";
  /** @type {{field: string, words: string}|null} */
  let instead = null;

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const [say_as, pitch, link] = ["say_as", "pitch", "link"].map((name) => String(given.get(name) ?? "").trim());
    try {
      await room.store.do("introduce", { say_as, pitch, link }).done;
      dialog.close();
      room.toast(t("introduce.saved"));
    } catch (why) {
      const { code, text, field, suggestion } = /** @type {import("../../outbox.js").Refused} */ (why);
      error = refusalText(code, text);
      instead = field && suggestion ? { field, words: suggestion } : null;
      draw();
    }
  }

  function take() {
    const box = /** @type {HTMLInputElement|null} */ (dialog.querySelector(`#my-${instead?.field}`));
    if (box && instead) box.value = instead.words;
    error = "";
    instead = null;
    draw();
    box?.focus();
  }

  function draw() {
    render(
      html`<form class="stack" @submit=${submit}>
        <h2>${t("introduce.title")}</h2>
        ${field("say_as", me?.say_as, 64)} ${field("pitch", me?.pitch, 160)} ${field("link", me?.link, 300)}
        ${error ? html`<p class="message-failed" role="alert">${error}</p>` : nothing}
        ${suggested(instead?.words, take)}
        <p class="row">
          <button class="button is-primary">${t("introduce.save")}</button>
          <button type="button" class="button is-quiet" @click=${() => dialog.close()}>${t("ask.cancel")}</button>
        </p>
      </form>`,
      dialog,
    );
  }
  openDialog((opening) => {
    dialog = opening;
    draw();
  });
}

/**
 * @param {string} name
 * @param {string|undefined} value
 * @param {number} limit
 */
function field(name, value, limit) {
  return html`<div class="field">
    <label for="my-${name}">${t(`introduce.${name}`)}</label>
    <input id="my-${name}" name=${name} maxlength=${limit} value=${value ?? ""} aria-describedby="my-${name}-hint" />
    <span class="hint" id="my-${name}-hint">${t(`introduce.${name}.hint`)}</span>
  </div>`;
}

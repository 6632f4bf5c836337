/** An organiser erases somebody: what goes and what is left is said first, a word is written, and what is left is said again. */

import { isolated, refusalText, t } from "../../app/i18n.js";
import { request } from "../../app/enter.js";
import { html, nothing } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { sure } from "../../parts/sure.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */
/** @typedef {import("../../pages/organise/people.js").Person} Person */
/** @typedef {{finished: boolean, left: string[]}} Erased */

/** @param {Organiser} room @param {() => void} changed @returns {(person: Person) => void} opens it */
export function createErasing(room, changed) {
  const dialog = createDialog("erase-person");
  /** @type {Person} */
  let person;

  /** @param {string} [refused] @param {boolean} [isBusy] */
  function draw(refused = "", isBusy = false) {
    dialog.draw(
      t("organise.erase.title", { name: isolated(person.name) }),
      html`<form class="stack" @submit=${submit}>
        <p>${t("organise.erase.text")}</p>
        <p class="soft">${t("organise.erase.left")}</p>
        <label class="stack-label">${t("organise.erase.write", { word: t("organise.erase.word") })}
          <input name="word" autocomplete="off" autocapitalize="off" spellcheck="false" ?readonly=${isBusy} />
        </label>
        ${refused ? html`<p class="message-failed" role="alert">${refused}</p>` : nothing}
        ${isBusy ? html`<p role="status">${t("organise.erase.busy")}</p>` : sure({ label: t("organise.cancel"), run: dialog.close }, { label: t("organise.erase.yes") })}
      </form>`,
    );
  }

  /** @param {Erased} told */
  function drawDone({ finished, left }) {
    dialog.draw(
      t("organise.erased.title", { name: isolated(person.name) }),
      html`<div class="stack">
        <p role="status">${t(finished ? "organise.erased.done" : "organise.erased.later")}</p>
        <p>${t("organise.erased.left")}</p>
        <ul>${left.map((what) => html`<li>${t(`organise.erased.${what}`)}</li>`)}</ul>
      </div>`,
    );
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const word = t("organise.erase.word");
    if (String(new FormData(form).get("word")).trim().toLowerCase() !== word.toLowerCase()) return draw(t("organise.erase.wrong", { word }));
    draw("", true);
    try {
      drawDone(await request(room.acts.address("erase"), { participant: person.id }));
      changed();
    } catch (why) {
      const { code, text } = /** @type {import("../../app/enter.js").Problem} */ (why);
      draw(refusalText(code, text));
    }
  }

  return (whom) => {
    person = whom;
    draw();
    dialog.open();
    /** @type {HTMLFormElement|null} */ (document.querySelector("#erase-person form"))?.reset();
  };
}

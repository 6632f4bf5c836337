/** A link is opened on a second device: whose it is, and whether it is they who hold it. */

import { refusalText, t } from "../app/i18n.js";
import { html, nothing, render } from "../app/lib/dom.js";

/** @typedef {import("../app/enter.js").Identity} Identity */

/**
 * @param {HTMLElement} root
 * @param {string} name whose link it is
 * @param {() => Promise<Identity>} come in as them
 * @returns {Promise<Identity|null>} who came in, or null for somebody else
 */
export function askWhose(root, name, come) {
  return new Promise((answered) => {
    let wrong = "";
    let busy = false;

    async function yes() {
      if (busy) return;
      busy = true;
      try {
        answered(await come());
      } catch (why) {
        const { code, text } = /** @type {import("../app/enter.js").Problem} */ (why);
        wrong = refusalText(code, text);
        busy = false;
        draw();
      }
    }

    function draw() {
      document.title = t("whose.title", { name });
      render(
        html`<main class="plain" id="whose" tabindex="-1">
          <p class="eyebrow">${t("index.eyebrow")}</p>
          <h1>${t("whose.title", { name })}</h1>
          <p>${t("whose.what", { name })}</p>
          ${wrong ? html`<p class="message-failed" role="alert">${wrong}</p>` : nothing}
          <p class="row">
            <button type="button" class="button is-primary" @click=${yes}>${t("whose.yes", { name })}</button>
            <button type="button" class="button" @click=${() => answered(null)}>${t("whose.no")}</button>
          </p>
        </main>`,
        root,
      );
    }
    draw();
    document.getElementById("whose")?.focus();
  });
}

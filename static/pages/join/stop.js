/**
 * Who was led here by a letter says whether they want no more such; looking alone changes nothing, since mail programs
 * look at all addresses of a letter.
 *
 * @typedef {import("./frame.js").Page} Page
 * @typedef {import("../../app/enter.js").Problem} Problem
 */

import { request } from "../../app/enter.js";
import { refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";

/** @param {Page} page */
export function createStop(page) {
  let done = false;
  let busy = false;
  let amiss = "";

  async function stop() {
    if (busy) return;
    busy = true;
    page.draw();
    try {
      await request(location.pathname, {});
      done = true;
      amiss = "";
    } catch (why) {
      const { code, text } = /** @type {Problem} */ (why);
      amiss = refusalText(code, text);
    }
    busy = false;
    page.draw();
  }

  return {
    draw: () =>
      html`<section class="stack" aria-live="polite">
        <h2 class="door-title" tabindex="-1">${t(done ? "join.stop.done" : "join.stop.title")}</h2>
        <p>${t(done ? "join.stop.done.what" : "join.stop.what")}</p>
        ${amiss ? html`<p class="message-failed" role="alert">${amiss}</p>` : nothing}
        ${done ? nothing : html`<p class="row"><button type="button" class="button is-primary" aria-disabled=${busy} @click=${stop}>${t("join.stop.go")}</button></p>`}
      </section>`,
  };
}

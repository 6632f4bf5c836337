/**
 * Who lost their link says their address, and is answered alike whether or not it is known; it is sent there.
 *
 * @typedef {import("./frame.js").Page} Page
 * @typedef {import("../../app/enter.js").Problem} Problem
 */

import { request } from "../../app/enter.js";
import { refusalText, t } from "../../app/i18n.js";
import { find, html, nothing } from "../../app/lib/dom.js";
import { LIMITS } from "../../mission/limits.js";
import { keptOf } from "./kept.js";

const MOST = LIMITS.change_card.email.maxLength;

/** @param {Page} page */
export function createLost(page) {
  const { welcome, root } = page;
  const kept = keptOf(welcome, "lost");
  let email = kept.get() ?? "";
  let wrong = "";
  let busy = false;

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    busy = true;
    wrong = "";
    page.draw();
    try {
      await request(`/api/missions/${encodeURIComponent(welcome.id)}/lost-link`, { email });
      kept.set(null);
    } catch (why) {
      const { code, text } = /** @type {Problem} */ (why);
      wrong = refusalText(code, text);
    }
    busy = false;
    if (!wrong) return page.show("sent");
    page.draw();
    find("#lost-email", root)?.focus();
  }

  const amend = (/** @type {Event} */ { target }) => {
    email = /** @type {HTMLInputElement} */ (target).value;
    kept.set(email);
  };
  const back = () => html`<button type="button" class="button is-quiet" @click=${() => page.show("form")}>${t("join.lost.back")}</button>`;

  return {
    draw: () =>
      welcome.letters
        ? html`<h2 class="door-title" tabindex="-1">${t("join.lost.title")}</h2>
            <form class="stack" @submit=${submit} novalidate>
              <p>${t("join.lost.what")}</p>
              <div class="field">
                <label for="lost-email">${t("join.email")}</label>
                <input id="lost-email" name="email" type="email" inputmode="email" autocomplete="email" autocapitalize="none" maxlength=${MOST}
                  .value=${email} aria-invalid=${Boolean(wrong)} aria-describedby="lost-note" @input=${amend} />
                <span id="lost-note" class=${wrong ? "error" : "hint"} role=${wrong ? "alert" : nothing}>${wrong || t("join.lost.hint")}</span>
              </div>
              <p class="row"><button class="button is-primary" aria-disabled=${busy}>${t("join.lost.send")}</button> ${back()}</p>
            </form>`
        : html`<h2 class="door-title" tabindex="-1">${t("join.lost.title")}</h2>
            <p>${t("join.lost.by_hand")}</p>
            <p class="row">${back()}</p>`,
    drawSent: () =>
      html`<section class="stack">
        <h2 class="door-title" tabindex="-1">${t("join.sent.title")}</h2>
        <p>${t("join.sent.what")}</p>
        <p>${t("join.sent.not")}</p>
        <p class="row">${back()}</p>
      </section>`,
  };
}

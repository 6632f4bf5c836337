/**
 * What was just done, with the way back for ten seconds; and refusals, in words.
 *
 * Each is also said to screen readers. The clock stands still while somebody points at the toasts or has
 * focus in them, so that nobody loses the button they are about to press.
 *
 * @typedef {{label: string, run: () => void}} Way  to what a toast tells of
 * @typedef {{id: string, text: string|(() => string), undo: (() => void)|null, way: Way|null, tone: "done"|"refused", until: number}} Toast
 */

import { announce, html, keepReachable, nothing } from "../app/lib/dom.js";
import { keyedList } from "../app/lib/list.js";
import { t } from "../app/i18n.js";
import { x } from "../vendor/icons.js";
import { icon } from "./icon.js";

export const UNDO_MS = 10_000;
/** What only tells something is read sooner than a button is reached. */
const TOLD_MS = 6_000;

/** @param {HTMLElement} root a list nothing else draws into */
export function createToasts(root) {
  /** @type {Toast[]} */
  let toasts = [];
  let count = 0;
  let held = false;
  const list = keyedList(root, {
    draw: drawToast,
    row: (row, toast) => void (row.className = `toast is-${toast.tone}`),
  });
  const show = (/** @type {Toast[]} */ next) => list.update((toasts = next));
  for (const on of ["pointerenter", "focusin"]) root.addEventListener(on, () => (held = true));
  for (const off of ["pointerleave", "focusout"]) root.addEventListener(off, () => letGo());
  setInterval(expire, 500);
  keepReachable(root.parentElement ?? root);

  function letGo() {
    held = false;
    const until = Date.now() + UNDO_MS / 2;
    toasts = toasts.map((toast) => ({ ...toast, until: Math.max(toast.until, until) }));
  }

  function expire() {
    if (!held && toasts.some((toast) => toast.until <= Date.now())) {
      show(toasts.filter((toast) => toast.until > Date.now()));
    }
  }

  /** @param {Toast} toast */
  function drawToast(toast) {
    const undo = () => (dismiss(toast.id), toast.undo?.());
    const { way } = toast;
    const go = () => (dismiss(toast.id), way?.run());
    return html`<span class="toast-text">${wordsOf(toast.text)}</span>
      ${way ? html`<button type="button" class="button is-small" @click=${go}>${way.label}</button>` : nothing}
      ${
        toast.undo
          ? html`<button type="button" class="button is-small" @click=${undo}>${t("host.undo")} <kbd>u</kbd></button>`
          : nothing
      }
      <button type="button" class="icon-button" aria-label=${t("host.toast.close")} @click=${() => dismiss(toast.id)}>
        ${icon(x)}
      </button>`;
  }

  /** @param {string} id */
  function dismiss(id) {
    held = false;
    show(toasts.filter((toast) => toast.id !== id));
  }

  return {
    /**
     * @param {string|(() => string)} text as it is, or as it is said in the language that is read then
     * @param {{undo?: (() => void)|null, way?: Way|null, tone?: "done"|"refused"}} [how]
     * @returns {() => void} takes it away
     */
    add(text, { undo = null, way = null, tone = "done" } = {}) {
      const toast = { id: String(++count), text, undo, way, tone, until: Date.now() + (undo || way ? UNDO_MS : TOLD_MS) };
      // one of each tone: what was done before is in the list of the last acts
      show([...toasts.filter((one) => one.tone !== tone), toast]);
      announce(undo ? t("host.toast.with_undo", { text: wordsOf(text) }) : wordsOf(text));
      return () => dismiss(toast.id);
    },

    redraw: () => list.redraw(),
  };
}

/** @param {string|(() => string)} text */
const wordsOf = (text) => (typeof text === "string" ? text : text());

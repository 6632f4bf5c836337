/**
 * What was just done, with the way back for ten seconds; and refusals, in words.
 *
 * Each is also said to screen readers. The clock stands still while somebody points at the toasts or has
 * focus in them, so that nobody loses the button they are about to press.
 *
 * @typedef {{label: string, run: () => void}} Way  to what a toast tells of
 * @typedef {{id: string, text: string, undo: (() => void)|null, way: Way|null, tone: "done"|"refused", until: number}} Toast
 */

import { announce, html, nothing } from "../../lib/dom.js";
import { keyedList } from "../../lib/list.js";
import { t } from "../../i18n.js";

export const UNDO_MS = 10_000;
/** What only tells something is read sooner than a button is reached. */
const TOLD_MS = 6_000;
const MOST = 2;

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
    return html`<span class="toast-text">${toast.text}</span>
      ${way ? html`<button type="button" class="button is-small" @click=${go}>${way.label}</button>` : nothing}
      ${
        toast.undo
          ? html`<button type="button" class="button is-small" @click=${undo}>${t("host.undo")} <kbd>u</kbd></button>`
          : nothing
      }
      <button type="button" class="icon-button" aria-label=${t("host.toast.close")} @click=${() => dismiss(toast.id)}>
        <span aria-hidden="true">×</span>
      </button>`;
  }

  /** @param {string} id */
  function dismiss(id) {
    held = false;
    show(toasts.filter((toast) => toast.id !== id));
  }

  return {
    /**
     * @param {string} text
     * @param {{undo?: (() => void)|null, way?: Way|null, tone?: "done"|"refused"}} [how]
     */
    add(text, { undo = null, way = null, tone = "done" } = {}) {
      toTop(root);
      const toast = { id: String(++count), text, undo, way, tone, until: Date.now() + (undo || way ? UNDO_MS : TOLD_MS) };
      show([...toasts.filter((one) => one.undo || one.text !== text), toast].slice(-MOST));
      announce(undo ? t("host.toast.with_undo", { text }) : text);
    },

    /** Take the latest act back. @returns {boolean} whether there was one */
    undoLatest() {
      const latest = toasts.findLast((toast) => toast.undo);
      if (!latest) return false;
      dismiss(latest.id);
      latest.undo?.();
      return true;
    },

    redraw: () => list.redraw(),
  };
}

/** Above an open dialog too: what it asked for may be refused. @param {HTMLElement} root */
function toTop(root) {
  if (!("popover" in root)) return;
  root.popover = "manual";
  root.hidePopover();
  root.showPopover();
}

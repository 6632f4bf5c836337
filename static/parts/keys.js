/**
 * A page's keys: a table of what is pressed and what it does, whether single keys are on (WCAG 2.1.4: they can be
 * switched off), and the list of them. From where they act, and that nobody is writing, is known to lib/keys.js
 * and lib/typing.js.
 */

import { html } from "../app/lib/dom.js";
import { watchWriting } from "../app/lib/keys.js";
import { pref, setPref } from "../app/lib/prefs.js";
import { Presses } from "../app/lib/press.js";
import { Typing } from "../app/lib/typing.js";

export const areOn = () => pref("keys", "on") !== "off";
export const turn = () => setPref("keys", areOn() ? "off" : "on");

/**
 * @template {string} Act
 * @param {import("../app/lib/key_table.js").Reader<Act>} reader
 * @param {Record<Act, () => void>} acts
 */
export function listenKeys({ read, isStep, isAtOnce, isFirst }, acts) {
  const mayAct = watchWriting(document);
  const presses = new Presses();
  const typing = new Typing();

  /** @param {KeyboardEvent} event @param {keyof typeof acts} act */
  function run(event, act) {
    if (!presses.isAgain(act, event.timeStamp) || isStep(act)) acts[act]();
  }

  document.addEventListener("pointerdown", () => typing.pointed(), true);
  document.addEventListener("keydown", (event) => {
    const act = mayAct(event) ? read(event, areOn()) : null;
    const asked = act && { run: () => run(event, act), atOnce: isAtOnce(act) };
    const kind = act && isStep(act) ? "step" : isFirst(event.key) ? "first" : "";
    if (typing.pressed(event, asked, kind)) event.preventDefault();
  });
}

/** @param {readonly (readonly [string, string])[]} table @param {(act: string) => string} word */
export const keyList = (table, word) =>
  html`<dl class="keys">
    ${table.map(
      ([keys, act]) =>
        html`<div>
          <dt>${keys.split(" ").map((key) => html`<kbd>${key}</kbd> `)}</dt>
          <dd>${word(act)}</dd>
        </div>`,
    )}
  </dl>`;

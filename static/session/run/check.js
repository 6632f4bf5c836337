/** The programme check: what the plan breaks, why that matters, and one press that mends it. */

import { t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { step } from "../../pages/host/undo.js";
import { nameOf } from "../running/name.js";

/**
 * @typedef {import("./drawer.js").Finding} Finding
 * @typedef {import("../../pages/host.js").Host} Host
 */

/** @param {HTMLElement} root @param {Host} host */
export function createCheck(root, host) {
  /** @type {Finding[]|null} */
  let findings = null;
  let asked = "";

  /** Asked once for each plan there is. @param {string} plan */
  async function ask(plan) {
    asked = plan;
    try {
      const answer = await host.store.do("check_run").done;
      if (asked === plan) findings = answer.findings;
    } catch {
      // asked again with the next change
      if (asked === plan) asked = "";
    }
    host.ui.set({});
  }

  /** @param {Finding} finding */
  const mend = ({ fix }) => void host.acts.all(fix.map(({ command, args }) => step(command, args)), () => t("host.did.fix_run"));

  return {
    /** @param {import("../records.js").Segment[]} segments none where nothing is to be checked */
    draw(segments) {
      const plan = JSON.stringify(segments.map(({ id, kind, minutes, given }) => [id, kind, minutes, given]));
      if (!segments.length) findings = null;
      else if (plan !== asked) void ask(plan);
      render(findings ? drawAll(findings, host, mend) : nothing, root);
    },
  };
}

/** @param {Finding[]} findings @param {Host} host @param {(finding: Finding) => void} mend */
function drawAll(findings, host, mend) {
  return html`<section class="run-check" aria-labelledby="run-check-title">
    <h3 id="run-check-title">${t("host.run.check")}</h3>
    ${findings.length
      ? html`<ul>
          ${findings.map((finding) => drawFinding(finding, host, () => mend(finding)))}
        </ul>`
      : html`<p class="run-good">${t("host.run.check.good")}</p>`}
  </section>`;
}

/** @param {Finding} finding @param {Host} host @param {() => void} mend */
function drawFinding({ rule, segments, minutes }, host, mend) {
  const segment = host.store.get("segment", segments[0]);
  const name = segment ? nameOf(/** @type {any} */ (segment)) : "";
  return html`<li data-rule=${rule}>
    <p>${t(`host.run.rule.${rule}`, { name, n: minutes })}</p>
    <button type="button" class="button is-small" data-act="mend" @click=${mend}>${t(`host.run.fix.${rule}`)}</button>
  </li>`;
}

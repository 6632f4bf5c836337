/** The run of show, for hosts: what there is of it. */

import { t } from "../../app/i18n.js";
import { render } from "../../app/lib/dom.js";
import { empty } from "../../parts/act.js";

/** @param {import("../../pages/host.js").Host} host */
export function create(host) {
  const root = host.place("run");
  return { of: ["session"], update: () => render(empty(t("host.run.empty")), root) };
}

/**
 * The page's dialogs, fetched once its first picture stands: before anybody presses, for in a tunnel nothing more is.
 *
 * @typedef {ReturnType<typeof import("./dialogs.js").create>} Dialogs
 * @typedef {Exclude<keyof Dialogs, "drawn">} Name
 */

import { t } from "../../app/i18n.js";

/** @param {import("../host.js").Host} host */
export function createOpened(host) {
  /** @type {Dialogs|null} */
  let made = null;
  /** @type {Promise<Dialogs>|null} */
  let coming = null;
  let tried = false;

  const come = () =>
    (coming ??= import("./dialogs.js").then(
      ({ create }) => (made = create(host)),
      (why) => {
        coming = null;
        throw why;
      },
    ));

  return {
    /** Once, whatever becomes of it: who presses tries again. */
    come() {
      if (tried) return;
      tried = true;
      come().catch(() => {});
    },
    /** @param {Name} name @param {string} [id] of whom it is about */
    open(name, id = "") {
      if (made) return made[name].open(id);
      come().then(
        (dialogs) => dialogs[name].open(id),
        () => host.acts.hint(t("problem.passing.text")),
      );
    },
    draw: () => made?.drawn.forEach((dialog) => dialog.draw()),
  };
}

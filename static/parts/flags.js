/** Which countries have a flag, and where it lies. Pure. */

import { FLAGS } from "../vendor/flags.js";

/** @param {string|undefined} code two letters @returns {string} in the folder of all static files; empty where there is none */
export function flagPath(code = "") {
  const name = code.toLowerCase();
  return FLAGS.includes(name) ? `vendor/flags/${name}.svg` : "";
}

/** Links that hosts make. */

import { queryHere, request } from "../app/enter.js";

/**
 * A new link of this session, made by a host.
 * @param {string} as of the host
 * @param {string} kind `links`, which ends those of its person and their devices, or `stage-links`
 * @param {{person?: string}} [of]
 * @returns {Promise<string>} the link
 */
export async function newLink(as, kind, of = {}) {
  const { path } = await request(`/api/${kind}${queryHere(as)}`, of);
  return new URL(path, location.origin).href;
}

/** Opening somebody's card: by the address, so that Back closes it and it may be sent on. */

import { leads } from "../../pages/mission/address.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

/** @param {Room} room @param {string} id */
export const openCard = ({ address }, id) => address.go(address.with({ card: id }));

/** A press that opens it here, unless another tab of the browser is meant. @param {Room} room @param {string} id */
export const opens = ({ address }, id) => (/** @type {MouseEvent} */ event) => leads(address, address.with({ card: id }))(event);

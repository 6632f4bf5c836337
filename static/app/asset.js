/** Where what a page loads by itself is found: this module's own place knows it. */

/** @param {string} path in the folder of all static files */
export const asset = (path) => new URL(`../${path}`, import.meta.url).href;

/** How many wait for one's answer: whom one put off does not ask for it every time one looks. */

/** @param {Pick<import("../../app/store.js").Store, "all">} store */
export const waiting = (store) => store.all("request").filter(({ later }) => !later).length;

/** What hardly anybody needs: it comes with what a page is sent last. */

export const problem = () => import("../parts/problem.js");
export const whose = () => import("../parts/whose.js");
/** Where no WebSocket comes through. */
export const stream = () => import("./stream.js");

// Types of the one file that the build brings here (it comes without any).
export type TemplateResult = { readonly strings: TemplateStringsArray; readonly values: unknown[] };
export function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
export function svg(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
export function render(value: unknown, container: HTMLElement | DocumentFragment): unknown;
export const nothing: unique symbol;

/** Keeps the focus and the caret where they are while the page is drawn anew. */

export const FOCUSABLE = "input:not([disabled]),textarea:not([disabled]),select:not([disabled]),button:not([disabled]),a[href],[tabindex='0']";

/** Runs `change`; if the focused control was replaced, its successor gets the focus and the selection. */
export function keepingFocus(container, change) {
  const focused = document.activeElement;
  const key = container.contains(focused) ? focused.closest("[data-control]")?.dataset.control : null;
  const action = key ? JSON.parse(key)[1] : null;
  const selection = key ? selectionOf(focused) : null;
  const index = key ? focusablesOf(focused.closest("[data-control]")).indexOf(focused) : 0;
  change();
  if (!key || document.activeElement === focused) return;
  const controls = [...container.querySelectorAll("[data-control]")];
  const next =
    controls.find((control) => control.dataset.control === key) ??
    controls.find((control) => JSON.parse(control.dataset.control)[1] === action);
  if (!next) return;
  const within = focusablesOf(next);
  const target = within[index] ?? within[0];
  target?.focus({ preventScroll: true });
  if (selection && selectionOf(target)) target.setSelectionRange(...selection);
}

function focusablesOf(control) {
  return control.matches(FOCUSABLE) ? [control] : [...control.querySelectorAll(FOCUSABLE)];
}

function selectionOf(node) {
  try {
    return node?.selectionStart === null || node?.selectionStart === undefined ? null : [node.selectionStart, node.selectionEnd];
  } catch {
    return null;
  }
}

/** Keeps Tab inside `container`: after its last control comes its first. */
export function trapTab(event, container) {
  if (event.key !== "Tab") return;
  const reachable = [...container.querySelectorAll(FOCUSABLE)].filter((node) => node.checkVisibility() && node.tabIndex >= 0);
  if (reachable.length === 0) {
    event.preventDefault();
    return;
  }
  const first = reachable[0];
  const last = reachable[reachable.length - 1];
  const here = document.activeElement;
  if (event.shiftKey && (here === first || here === container)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && (here === last || (here.type === "radio" && last.type === "radio" && here.name === last.name))) {
    event.preventDefault();
    first.focus();
  }
}

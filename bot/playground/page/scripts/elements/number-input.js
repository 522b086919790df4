/** number_input: its value is a string, as Slack sends it; what is not a number is said on submit. */

import { make } from "../dom.js";
import { plain } from "../text/plain.js";
import { sendWhileTyping } from "./typed-action.js";

export function drawNumberInput(field) {
  const { element } = field;
  const control = make("input", {
    type: "text",
    id: field.id,
    class: "text-control",
    inputmode: element.is_decimal_allowed ? "decimal" : "numeric",
    autocomplete: "off",
    placeholder: plain(element.placeholder) || null,
    "aria-required": field.inInput && !field.optional ? "true" : null,
    ...field.naming("Number"),
  });
  control.value = field.value ?? "";
  control.addEventListener("input", () => {
    field.value = control.value.trim() === "" ? null : control.value.trim();
  });
  sendWhileTyping(field, control);
  return { node: make("div", { class: "text-field" }, control), control };
}

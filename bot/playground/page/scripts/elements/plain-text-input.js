/** plain_text_input, one line or several, and email_text_input, which differs only in its keyboard. */

import { make } from "../dom.js";
import { plain } from "../text/plain.js";
import { sendWhileTyping } from "./typed-action.js";

const SLACK_MAX_LENGTH = 3000;
const COUNT_FROM = 20; // characters left at which the counter appears

export function drawPlainTextInput(field) {
  const { element } = field;
  const most = element.max_length ?? SLACK_MAX_LENGTH;
  const attributes = { ...attributesOf(field), maxlength: most };
  const control = element.multiline ? make("textarea", { ...attributes, rows: 4 }) : make("input", { ...attributes, type: "text" });
  const left = make("span", { class: "characters-left", "aria-hidden": "true" });
  const count = () => {
    const remaining = most - control.value.length;
    left.textContent = element.max_length && remaining <= COUNT_FROM ? String(remaining) : "";
  };
  listen(field, control, count);
  count();
  return { node: make("div", { class: "text-field" }, control, left), control };
}

export function drawEmailInput(field) {
  const control = make("input", { ...attributesOf(field), type: "text", inputmode: "email" });
  listen(field, control, () => {});
  return { node: make("div", { class: "text-field" }, control), control };
}

function attributesOf(field) {
  return {
    id: field.id,
    class: "text-control",
    dir: "auto",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: plain(field.element.placeholder) || null,
    "aria-required": field.inInput && !field.optional ? "true" : null,
    ...field.naming("Text"),
  };
}

function listen(field, control, afterInput) {
  control.value = field.value ?? "";
  control.addEventListener("input", () => {
    field.value = control.value === "" ? null : control.value;
    afterInput();
  });
  sendWhileTyping(field, control);
}

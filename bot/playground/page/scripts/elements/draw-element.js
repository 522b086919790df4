/** Which module draws which element. */

import { make } from "../dom.js";
import { drawButton } from "./button.js";
import { drawCheckboxes } from "./checkboxes.js";
import { drawDatepicker } from "./datepicker.js";
import { drawExternalSelect } from "./external-select.js";
import { drawMultiStaticSelect } from "./multi-static-select.js";
import { drawMultiUsersSelect } from "./multi-users-select.js";
import { drawNumberInput } from "./number-input.js";
import { drawOverflow } from "./overflow.js";
import { drawEmailInput, drawPlainTextInput } from "./plain-text-input.js";
import { drawRadioButtons } from "./radio-buttons.js";
import { drawStaticSelect } from "./static-select.js";
import { drawUsersSelect } from "./users-select.js";

const DRAWERS = {
  button: drawButton,
  checkboxes: drawCheckboxes,
  datepicker: drawDatepicker,
  email_text_input: drawEmailInput,
  external_select: drawExternalSelect,
  multi_static_select: drawMultiStaticSelect,
  number_input: drawNumberInput,
  overflow: drawOverflow,
  plain_text_input: drawPlainTextInput,
  radio_buttons: drawRadioButtons,
  static_select: drawStaticSelect,
  users_select: drawUsersSelect,
  multi_users_select: drawMultiUsersSelect,
};

/**
 * Draws the element of a field. Returns `{node, control}`: the control carries focus, name and error;
 * `grouped` says that a label cannot point at it; `complaint` is a check of its own; `focusTarget` its first stop.
 */
export function drawElement(field) {
  const drawer = DRAWERS[field.element.type];
  if (!drawer) {
    const node = make("p", { class: "unknown", id: field.id }, `The playground cannot draw “${field.element.type}”.`);
    return { node, control: node, grouped: true };
  }
  const drawn = drawer(field);
  drawn.node.dataset.control = field.controlKey;
  return drawn;
}

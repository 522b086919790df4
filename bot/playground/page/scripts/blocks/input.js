/** input: a label, one control, a hint under it, and the error when there is one. */

import { freshId, make, setOrRemove } from "../dom.js";
import { drawElement } from "../elements/draw-element.js";
import { Field } from "../elements/field.js";
import { icon } from "../icons.js";
import { complaintOf } from "../required.js";
import { drawText } from "../text/text-object.js";

export function drawInput(block, surface) {
  const optional = block.optional === true;
  const labelId = freshId("label");
  const field = new Field({ surface, block, element: block.element, dispatches: block.dispatch_action === true, labelId, optional, inInput: true });
  const drawn = drawElement(field);
  const label = drawText(drawn.grouped ? "div" : "label", { class: "input-label", id: labelId }, block.label, surface.directory);
  if (!drawn.grouped) label.htmlFor = drawn.control.id;
  if (optional) label.append(make("span", { class: "input-optional" }, " (optional)"));
  const hint = block.hint ? drawText("p", { class: "input-hint", id: freshId("hint") }, block.hint, surface.directory) : null;
  const node = make("div", { class: "input" }, label, drawn.node, hint);
  return { node, input: new InputBlock({ block, field, drawn, node, hint }) };
}

/** What a modal needs of an input block: the client's own check before submitting, its error, its control. */
class InputBlock {
  constructor({ block, field, drawn, node, hint }) {
    Object.assign(this, { block, field, drawn, node, hint, error: null, alert: null });
    this.blockId = block.block_id;
    this.focusOnLoad = block.element.focus_on_load === true;
    this.describe();
  }

  /** The sentence Slack's client shows before it sends anything, or null. */
  complaint() {
    return this.drawn.complaint?.() ?? complaintOf(this.field);
  }

  showError(text) {
    this.error = text;
    this.alert?.remove();
    this.alert = null;
    if (text) {
      const words = make("span", { dir: "auto" }, text);
      this.alert = make("p", { class: "input-error", id: freshId("error"), role: "alert" }, icon("warning"), words);
      this.drawn.node.after(this.alert);
    }
    this.node.classList.toggle("has-error", Boolean(text));
    setOrRemove(this.drawn.control, "aria-invalid", text ? "true" : null);
    this.describe();
  }

  describe() {
    setOrRemove(this.drawn.control, "aria-describedby", [this.alert?.id, this.hint?.id].filter(Boolean).join(" "));
  }

  focus() {
    (this.drawn.focusTarget?.() ?? this.drawn.control).focus();
  }
}

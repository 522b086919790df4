/** One element in its place: its value on the surface, whether a change is sent at once, and what names it. */

import { freshId } from "../dom.js";
import { plain } from "../text/plain.js";
import { shapeOf } from "../state-shapes.js";

export class Field {
  constructor({ surface, block, element, dispatches, labelId = null, about = "", optional = false, inInput = false }) {
    Object.assign(this, { surface, block, element, dispatches, labelId, about, optional, inInput });
    this.id = freshId("control");
    this.directory = surface.directory;
    this.controlKey = JSON.stringify([block.block_id ?? "", element.action_id ?? "", element.value ?? ""]);
  }

  get value() {
    return this.surface.value(this.block.block_id, this.element.action_id);
  }

  set value(value) {
    this.surface.put(this.block.block_id, this.element.action_id, value);
  }

  /** What names the control for a screen reader: the label of its input, or else words of its own. */
  naming(fallback) {
    if (this.inInput) return { "aria-labelledby": this.labelId };
    const placeholder = plain(this.element.placeholder);
    return { "aria-label": [placeholder || fallback, this.about].filter(Boolean).join(": ") };
  }

  /** Takes a choice and sends it where the element does that. Resolves to false if the person took it back. */
  async choose(value) {
    const earlier = this.value;
    this.value = value;
    if (!this.dispatches || (await this.send(value))) return true;
    this.value = earlier;
    return false;
  }

  /** Sends the value as an action. */
  send(value) {
    return this.surface.act(this.block.block_id, this.element, { [shapeOf(this.element.type).key]: value });
  }
}

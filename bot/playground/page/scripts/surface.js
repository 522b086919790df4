/**
 * One surface an app has drawn: a modal, the Home, or a message. It holds what the person typed and chose,
 * and sends what they do to the local Slack.
 */

import { askToConfirm } from "./confirm.js";
import { shapeOf, statefulElements } from "./state-shapes.js";

const keyOf = (blockId, actionId) => JSON.stringify([blockId, actionId]);

export class Surface extends EventTarget {
  #held = new Map();

  constructor({ address, api, directory }) {
    super();
    this.address = address;
    this.api = api;
    this.directory = directory;
  }

  /**
   * Takes the elements of a new or updated surface. What stood under the same block_id and action_id stays as
   * the person left it; a new one starts with the value the local Slack keeps, or with its initial value.
   */
  adopt(blocks, stored = {}) {
    const before = this.#held;
    this.#held = new Map();
    for (const { block, element } of statefulElements(blocks)) {
      const key = keyOf(block.block_id, element.action_id);
      const shape = shapeOf(element.type);
      const kept = before.get(key);
      const entry = stored[block.block_id]?.[element.action_id];
      const start = entry?.type === element.type && shape.key in entry ? entry[shape.key] : shape.initial(element);
      const value = kept?.type === element.type ? kept.value : start;
      this.#held.set(key, { blockId: block.block_id, actionId: element.action_id, type: element.type, value });
    }
  }

  value(blockId, actionId) {
    return this.#held.get(keyOf(blockId, actionId))?.value ?? null;
  }

  put(blockId, actionId, value) {
    const entry = this.#held.get(keyOf(blockId, actionId));
    if (entry) entry.value = value;
    this.dispatchEvent(new CustomEvent("changed", { detail: { blockId, actionId } }));
  }

  /** The inputs as they stand, in the shape of `view.state.values`. */
  state() {
    const values = {};
    for (const { blockId, actionId, type, value } of this.#held.values()) {
      values[blockId] ??= {};
      values[blockId][actionId] = { type, [shapeOf(type).key]: value };
    }
    return values;
  }

  /** Sends an action, after the element's own question if it has one. Resolves to false where the person said no. */
  async act(blockId, element, payload) {
    if (element.confirm && !(await askToConfirm(element.confirm, this.directory))) return false;
    const answer = await this.api.act({
      surface: this.address,
      block_id: blockId,
      action_id: element.action_id,
      type: element.type,
      state: this.state(),
      ...payload,
    });
    if (!answer.ok) this.dispatchEvent(new CustomEvent("trouble", { detail: answer.message }));
    return true;
  }

  suggest(blockId, actionId, value, signal) {
    return this.api.suggest({ surface: this.address, block_id: blockId, action_id: actionId, value }, signal);
  }
}

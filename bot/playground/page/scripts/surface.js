/**
 * One surface an app has drawn: a modal, the Home, or a message. It holds what the person typed and chose,
 * and sends what they do to the local Slack.
 */

import { askToConfirm } from "./confirm.js";
import { fitting, shapeOf, statefulElements } from "./state-shapes.js";

const REPORT_PAUSE = 300; // milliseconds after the last change until the local Slack is told of it

/** The surfaces with something the local Slack has not been told of yet. */
const unreported = new Set();
addEventListener("pagehide", () => unreported.forEach((surface) => surface.report({ keepalive: true })));

const keyOf = (blockId, actionId) => JSON.stringify([blockId, actionId]);

export class Surface extends EventTarget {
  #held = new Map();
  #timer = 0;

  /** `heading` is the tag of a header block, one level below what stands above the surface. */
  constructor({ address, api, directory, heading = "h3" }) {
    super();
    this.heading = heading;
    this.address = address;
    this.api = api;
    this.directory = directory;
  }

  /**
   * Takes the elements of a new or updated surface. What stood under the same block_id and action_id stays as
   * the person left it, as far as it is still offered; a new one starts with the value the local Slack keeps,
   * or with its initial value.
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
      const left = kept?.type === element.type ? fitting(element, kept.value) : undefined;
      const value = left === undefined ? start : left;
      this.#held.set(key, { blockId: block.block_id, actionId: element.action_id, type: element.type, value });
    }
  }

  value(blockId, actionId) {
    return this.#held.get(keyOf(blockId, actionId))?.value ?? null;
  }

  put(blockId, actionId, value) {
    const entry = this.#held.get(keyOf(blockId, actionId));
    if (entry) entry.value = value;
    unreported.add(this);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.report(), REPORT_PAUSE);
    this.dispatchEvent(new CustomEvent("changed", { detail: { blockId, actionId } }));
  }

  /** Tells the local Slack what stands in the inputs, so that it is there again after a reload. */
  report({ keepalive = false } = {}) {
    const state = this.#taken();
    return this.api.report(this.address, state, keepalive);
  }

  /** The state to send along with an act; nothing is left to report after it. */
  #taken() {
    clearTimeout(this.#timer);
    unreported.delete(this);
    return this.state();
  }

  /** Forgets what was not reported: the surface is gone, or its state goes another way. */
  settle() {
    this.#taken();
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
      state: this.#taken(),
      ...payload,
    });
    if (!answer.ok) this.dispatchEvent(new CustomEvent("trouble", { detail: answer.message }));
    return true;
  }

  suggest(blockId, actionId, value, signal) {
    return this.api.suggest({ surface: this.address, block_id: blockId, action_id: actionId, value }, signal);
  }
}

/** The blocks of one surface, redrawn only where they changed, so that focus, caret and open menus stay. */

import { arrange, make } from "../dom.js";
import { keepingFocus } from "../focus.js";
import { drawBlock } from "./draw-block.js";

export class BlockList {
  #drawn = new Map();

  constructor(surface) {
    this.surface = surface;
    this.node = make("div", { class: "blocks" });
  }

  /** Shows these blocks; `stored` is `view.state.values`. Says whether anything of the earlier drawing is still there. */
  update(blocks, stored = {}) {
    this.surface.adopt(blocks, stored);
    const before = this.#drawn;
    let kept = 0;
    this.#drawn = new Map();
    blocks.forEach((block, index) => {
      const key = block.block_id ?? `#${index}`;
      const source = JSON.stringify(block);
      const old = before.get(key);
      if (old?.source === source) kept += 1;
      this.#drawn.set(key, old?.source === source ? old : this.#draw(block, source, old));
    });
    keepingFocus(this.node, () => arrange(this.node, [...this.#drawn.values()].map(({ node }) => node)));
    return kept > 0;
  }

  #draw(block, source, old) {
    const drawn = { ...drawBlock(block, this.surface), source };
    if (drawn.input && old?.input?.error) drawn.input.showError(old.input.error);
    return drawn;
  }

  /** The inputs from top to bottom. */
  inputs() {
    return [...this.#drawn.values()].map(({ input }) => input).filter(Boolean);
  }
}

/** A box that floats beside its control, above everything, modals included; it goes when one clicks elsewhere. */

const GAP = 4;
const EDGE = 8;
const TALLEST = 440;

export class Popup {
  #follow = () => this.place();
  #outside = (event) => {
    if (!this.node.contains(event.target) && !this.anchor.contains(event.target)) this.hide();
  };

  /** `fit` is "anchor" (as wide as the control) or "content"; `onHide` hears when it goes. */
  constructor({ node, anchor, fit = "anchor", onHide = () => {} }) {
    Object.assign(this, { node, anchor, fit, onHide });
    node.popover = "manual";
    node.classList.add("popup");
  }

  get shown() {
    return this.node.matches(":popover-open");
  }

  show() {
    if (this.shown) return;
    this.node.showPopover();
    this.place();
    addEventListener("resize", this.#follow);
    addEventListener("scroll", this.#follow, true);
    document.addEventListener("pointerdown", this.#outside, true);
  }

  hide() {
    removeEventListener("resize", this.#follow);
    removeEventListener("scroll", this.#follow, true);
    document.removeEventListener("pointerdown", this.#outside, true);
    if (!this.shown) return;
    this.node.hidePopover();
    this.onHide();
  }

  /** Below the control where there is room, else above it; never past the edge of the window. */
  place() {
    if (!this.anchor.isConnected) {
      this.hide();
      return;
    }
    const { style } = this.node;
    const box = this.anchor.getBoundingClientRect();
    const below = innerHeight - box.bottom - GAP - EDGE;
    const above = box.top - GAP - EDGE;
    style.maxHeight = `${TALLEST}px`;
    if (this.fit === "anchor") style.width = `${Math.max(box.width, 200)}px`;
    const height = Math.min(this.node.scrollHeight + 2, TALLEST);
    const goesUp = height > below && above > below;
    style.maxHeight = `${Math.min(TALLEST, Math.max(goesUp ? above : below, 120))}px`;
    style.top = goesUp ? "auto" : `${box.bottom + GAP}px`;
    style.bottom = goesUp ? `${innerHeight - box.top + GAP}px` : "auto";
    const left = this.fit === "anchor" ? box.left : box.right - this.node.offsetWidth;
    style.left = `${Math.max(EDGE, Math.min(left, innerWidth - this.node.offsetWidth - EDGE))}px`;
  }
}

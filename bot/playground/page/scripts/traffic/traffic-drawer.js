/**
 * The traffic: what passes between Slack and the app, for whoever builds it. Closed until it is asked for, beside
 * the page where there is room and over its lower part where there is not; F2 opens it from anywhere, Esc closes it.
 */

import { make } from "../dom.js";
import { icon } from "../icons.js";
import { FaultPanel } from "./fault-panel.js";
import { TrafficList } from "./traffic-list.js";

export class TrafficDrawer {
  #before = null;

  /** `button` opens it; `watch(isOpen)` asks for the traffic, or for no more of it. */
  constructor({ directory, button, watch }) {
    Object.assign(this, { button, watch });
    this.list = new TrafficList(directory);
    this.faults = new FaultPanel();
    const close = make("button", { type: "button", class: "traffic-close", "aria-label": "Close the traffic", title: "Close (Esc)", onclick: () => this.close() }, icon("close"));
    const clear = make("button", { type: "button", class: "traffic-clear", onclick: () => this.list.clear() }, "Clear");
    this.node = make("aside", { class: "traffic", id: "traffic", "aria-label": "Traffic", hidden: true },
      make("header", { class: "traffic-head" }, make("h2", { class: "traffic-title" }, "Traffic"), clear, close),
      this.faults.node, this.list.filters, this.list.scroll);
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    });
    addEventListener("keydown", (event) => {
      if (event.key !== "F2" || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      if (this.isOpen && this.node.contains(document.activeElement)) this.close();
      else this.open();
    });
  }

  get isOpen() {
    return !this.node.hidden;
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  open() {
    this.#before = document.activeElement;
    if (!this.isOpen) {
      this.#show(true);
      this.faults.refresh();
    }
    this.list.focus();
  }

  close() {
    const back = this.node.contains(document.activeElement) ? this.#before : null;
    this.#show(false);
    this.list.clear();
    if (back?.isConnected) back.focus({ preventScroll: true });
  }

  #show(isOpen) {
    this.node.hidden = !isOpen;
    document.body.classList.toggle("traffic-is-open", isOpen);
    this.button.setAttribute("aria-expanded", String(isOpen));
    this.watch(isOpen);
  }

  /** Takes an entry of the log. */
  take(entry) {
    if (this.isOpen) this.list.add(entry);
  }
}

/** On a phone the sidebar is a drawer: it slides in over the page and goes with Esc, a choice, or a tap beside it. */

import { make } from "./dom.js";
import { trapTab } from "./focus.js";

export class Drawer {
  constructor() {
    this.shade = make("div", { class: "drawer-shade", onclick: () => this.close() });
  }

  attach({ sidebar, button, pane }) {
    Object.assign(this, { sidebar, button, pane });
    sidebar.addEventListener("click", (event) => {
      if (event.target.closest("a")) this.close();
    });
    sidebar.addEventListener("keydown", (event) => {
      if (!this.isOpen) return;
      trapTab(event, sidebar);
      if (event.key === "Escape") this.close();
    });
  }

  get isOpen() {
    return document.body.classList.contains("drawer-is-open");
  }

  open() {
    document.body.classList.add("drawer-is-open");
    this.pane.inert = true;
    this.button.setAttribute("aria-expanded", "true");
    this.sidebar.querySelector("button.drawer-close").focus();
  }

  close() {
    if (!this.isOpen) return;
    document.body.classList.remove("drawer-is-open");
    this.pane.inert = document.body.classList.contains("has-modal");
    this.button.setAttribute("aria-expanded", "false");
    this.button.focus();
  }
}

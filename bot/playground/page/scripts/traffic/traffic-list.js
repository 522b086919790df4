/** The entries of the log, newest first, and the buttons that leave only some of them. */

import { make } from "../dom.js";
import { drawLine } from "./traffic-line.js";
import { read } from "./traffic-entry.js";

const MOST = 300; // lines; the oldest go

const FILTERS = [
  { name: "all", words: "All" },
  { name: "payload", words: "Payloads" },
  { name: "call", words: "Calls" },
  { name: "ack", words: "Acks" },
  { name: "trouble", words: "Trouble" },
];

export class TrafficList {
  #lines = new Map();
  #filter = "all";

  constructor(directory) {
    this.directory = directory;
    this.buttons = FILTERS.map(({ name, words }) =>
      make("button", { type: "button", class: "traffic-filter", "aria-pressed": String(name === this.#filter), onclick: () => this.#show(name) }, words));
    this.filters = make("div", { class: "traffic-filters", role: "group", "aria-label": "Show" }, this.buttons);
    this.list = make("ol", { class: "traffic-list", "aria-label": "Newest first" });
    this.empty = make("p", { class: "traffic-empty" });
    this.scroll = make("div", { class: "traffic-scroll" }, this.list, this.empty);
    this.list.addEventListener("keydown", (event) => this.#key(event));
    this.#say();
  }

  focus() {
    (this.#shown()[0]?.querySelector("summary") ?? this.buttons[0]).focus({ preventScroll: true });
  }

  /** Adds an entry; one that is here already, since the line was opened anew, is no second time. */
  add(entry) {
    const key = `${entry.number} ${entry.at}`;
    if (this.#lines.has(key)) return;
    const told = read(entry, this.directory);
    const node = drawLine(told);
    node.hidden = !this.#fits(told);
    this.#lines.set(key, { node, told });
    this.list.prepend(node);
    if (this.#lines.size > MOST) {
      const [oldest, { node: gone }] = this.#lines.entries().next().value;
      this.#lines.delete(oldest);
      gone.remove();
    }
    this.#say();
  }

  clear() {
    this.#lines.clear();
    this.list.replaceChildren();
    this.#say();
  }

  #show(name) {
    this.#filter = name;
    this.buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(FILTERS[index].name === name)));
    for (const { node, told } of this.#lines.values()) node.hidden = !this.#fits(told);
    this.scroll.scrollTop = 0;
    this.#say();
  }

  #fits(told) {
    return this.#filter === "all" || (this.#filter === "trouble" ? told.isTrouble : told.group === this.#filter);
  }

  #shown() {
    return [...this.list.children].filter((node) => !node.hidden);
  }

  #say() {
    const isEmpty = this.#shown().length === 0;
    this.empty.hidden = !isEmpty;
    this.empty.textContent = this.#filter === "all" ? "Nothing yet. Type a command or open a form." : "Nothing of this kind yet.";
  }

  #key(event) {
    const lines = this.#shown();
    const at = lines.findIndex((line) => line.querySelector("summary") === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    lines[to]?.querySelector("summary").focus();
  }
}

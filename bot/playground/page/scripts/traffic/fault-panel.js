/** Orders faults: what shall happen to the next calls or payloads, and what is still waiting to happen. */

import { Api } from "../api.js";
import { freshId, make } from "../dom.js";
import { icon } from "../icons.js";
import { showTrouble } from "../trouble.js";
import { AT_ONCE, FAULTS, FIELDS, sentenceOf } from "./faults.js";

const ANY = "*";

export class FaultPanel {
  #known = { calls: [], payloads: [], kinds: [] };

  constructor() {
    this.count = make("span", { class: "fault-count", hidden: true });
    this.kind = make("select", { class: "fault-select", onchange: () => this.#chosen() });
    this.on = make("select", { class: "fault-select" });
    this.onField = drawField("To the next", this.on);
    this.times = make("input", { type: "number", class: "fault-number", value: 1, min: 1, max: 1000 });
    this.timesField = drawField("Times", this.times);
    this.fields = Object.fromEntries(Object.entries(FIELDS).map(([name, field]) => [name, drawFaultField(field)]));
    this.button = make("button", { type: "submit", class: "button fault-order" });
    this.trouble = make("p", { class: "fault-trouble", role: "alert", hidden: true });
    this.waiting = make("ul", { class: "fault-waiting", "aria-label": "Waiting to happen" });
    this.clear = make("button", { type: "button", class: "traffic-clear", hidden: true, onclick: () => this.#clear() }, "Take all back");
    const form = make("form", { class: "fault-form", novalidate: true }, drawField("What goes wrong", this.kind), this.onField, this.timesField,
      Object.values(this.fields).map(({ node }) => node), this.button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#order();
    });
    this.node = make("details", { class: "faults" }, make("summary", { class: "faults-summary" }, "Faults", this.count), form, this.trouble, this.waiting, this.clear);
  }

  /** Asks what can be ordered and what is waiting, and draws it. */
  async refresh() {
    const answer = await Api.faults();
    if (!answer.ok) {
      showTrouble(this.trouble, answer.message);
      return;
    }
    if (this.#known.kinds.length === 0) {
      this.#known = answer;
      this.#drawKinds();
    }
    this.#drawWaiting(answer.waiting);
  }

  #drawKinds() {
    const group = (label, options) => make("optgroup", { label }, options.map(([value, words]) => make("option", { value }, words)));
    const ofSide = (side) => this.#known.kinds.filter(({ of }) => of === side).map(({ kind }) => [kind, FAULTS[kind]?.words ?? kind]);
    this.kind.replaceChildren(group("A call of the app …", ofSide("call")), group("A payload to the app …", ofSide("payload")), group("At once, every connection …", Object.entries(AT_ONCE)));
    this.#chosen();
  }

  get #side() {
    return this.#known.kinds.find(({ kind }) => kind === this.kind.value)?.of ?? null;
  }

  #chosen() {
    const side = this.#side;
    const asked = FAULTS[this.kind.value]?.ask ?? [];
    for (const [name, { node }] of Object.entries(this.fields)) node.hidden = !asked.includes(name);
    this.onField.hidden = side === null;
    this.timesField.hidden = side === null;
    this.button.textContent = side === null ? "Do it now" : "Order";
    const names = side === "payload" ? this.#known.payloads : this.#known.calls;
    const before = this.on.value;
    this.on.replaceChildren(make("option", { value: ANY }, side === "payload" ? "any payload" : "any call"), ...names.map((name) => make("option", { value: name }, name)));
    if (names.includes(before)) this.on.value = before;
  }

  async #order() {
    const fault = { kind: this.kind.value };
    if (this.#side !== null) {
      Object.assign(fault, { on: this.on.value, times: Number(this.times.value) });
      for (const name of FAULTS[fault.kind].ask) fault[name] = this.fields[name].read();
    }
    const answer = await Api.orderFault(fault);
    showTrouble(this.trouble, answer.ok ? "" : answer.message);
  }

  async #clear(number = null) {
    const answer = await Api.clearFaults(number);
    showTrouble(this.trouble, answer.ok ? "" : answer.message);
    this.kind.focus();
  }

  #drawWaiting(waiting) {
    this.count.textContent = `${waiting.length} waiting`;
    this.count.hidden = waiting.length === 0;
    this.clear.hidden = waiting.length < 2;
    this.waiting.hidden = waiting.length === 0;
    this.waiting.replaceChildren(...waiting.map((fault) => {
      const words = sentenceOf(fault);
      const button = make("button", { type: "button", class: "fault-back", "aria-label": `Take back: ${words}`, onclick: () => this.#clear(fault.number) }, icon("close"));
      return make("li", { class: "fault-line" }, make("span", {}, words), button);
    }));
  }
}

function drawField(label, control) {
  control.id = freshId("fault");
  return make("div", { class: "fault-field" }, make("label", { class: "fault-label", for: control.id }, label), control);
}

/** A field of a fault: its node, and how its value is read. */
function drawFaultField({ label, value, min, max }) {
  if (value === false) {
    const box = make("input", { type: "checkbox", class: "tick" });
    const node = drawField(label, box);
    node.classList.add("fault-tick");
    return { node, read: () => box.checked };
  }
  const isNumber = typeof value === "number";
  const control = make("input", { type: isNumber ? "number" : "text", class: isNumber ? "fault-number" : "fault-text", value, min, max, step: isNumber ? "any" : null, autocomplete: "off", spellcheck: "false" });
  return { node: drawField(label, control), read: () => (isNumber ? Number(control.value) : control.value.trim()) };
}

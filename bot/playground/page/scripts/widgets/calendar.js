/** A month of days to choose from: arrows move by day and week, Page Up and Page Down by month, Enter chooses. */

import { make } from "../dom.js";
import { icon } from "../icons.js";
import { addDays, addMonths, dayOf, daysIn, monthNames, partsOf, spoken, today, weekdayOf } from "./day.js";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const OLDEST = 120; // years back: the oldest birth date a practice will meet
const FURTHEST = 20;

const MOVES = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  Home: (day) => addDays(day, -weekdayOf(day)),
  End: (day) => addDays(day, 6 - weekdayOf(day)),
  PageUp: (day, event) => addMonths(day, event.shiftKey ? -12 : -1),
  PageDown: (day, event) => addMonths(day, event.shiftKey ? 12 : 1),
};

export class Calendar {
  /** `choose(day)` hears the chosen day; `leave()` hears Esc. */
  constructor({ choose, leave }) {
    Object.assign(this, { choose, leave, at: today(), chosen: null });
    const step = (name, label, months) =>
      make("button", { type: "button", class: "calendar-step", "aria-label": label, onclick: () => this.#show(addMonths(this.at, months)) }, icon(name));
    this.month = make("select", { class: "calendar-pick", "aria-label": "Month" }, monthNames.map((name, index) => make("option", { value: index + 1 }, name)));
    this.year = make("select", { class: "calendar-pick", "aria-label": "Year" });
    this.grid = make("table", { role: "grid", class: "calendar-grid" });
    const head = make("div", { class: "calendar-head" }, step("left", "Previous month", -1), this.month, this.year, step("right", "Next month", 1));
    this.node = make("div", { class: "calendar", role: "dialog", "aria-label": "Choose a date" }, head, this.grid);
    const jump = () => {
      const { day } = partsOf(this.at);
      const [year, month] = [Number(this.year.value), Number(this.month.value)];
      this.#show(dayOf(year, month, Math.min(day, daysIn(year, month))));
    };
    this.month.addEventListener("change", jump);
    this.year.addEventListener("change", jump);
    this.grid.addEventListener("keydown", (event) => this.#key(event));
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.leave();
    });
  }

  /** Shows the month of the chosen day, or this month. */
  open(chosen) {
    this.chosen = chosen;
    this.#show(chosen ?? today());
  }

  focus() {
    this.grid.querySelector("[tabindex='0']")?.focus();
  }

  #key(event) {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    this.#show(move(this.at, event));
    this.focus();
  }

  #show(day) {
    this.at = day;
    const { year, month } = partsOf(day);
    this.#offerYears(year);
    this.month.value = String(month);
    const head = make("tr", {}, WEEKDAYS.map((name) => make("th", { scope: "col", abbr: name }, name.slice(0, 2))));
    const first = dayOf(year, month, 1);
    const start = addDays(first, -weekdayOf(first));
    const weeks = Math.ceil((weekdayOf(first) + daysIn(year, month)) / 7);
    const rows = Array.from({ length: weeks }, (_, week) =>
      make("tr", {}, Array.from({ length: 7 }, (_unused, weekday) => this.#drawDay(addDays(start, week * 7 + weekday), month))));
    this.grid.setAttribute("aria-label", `${monthNames[month - 1]} ${year}`);
    this.grid.replaceChildren(make("thead", {}, head), make("tbody", {}, rows));
  }

  #offerYears(shown) {
    const now = partsOf(today()).year;
    const [from, to] = [Math.min(now - OLDEST, shown), Math.max(now + FURTHEST, shown)];
    if (this.year.options.length !== to - from + 1) {
      this.year.replaceChildren(...Array.from({ length: to - from + 1 }, (_, index) => make("option", { value: to - index }, String(to - index))));
    }
    this.year.value = String(shown);
  }

  #drawDay(day, month) {
    const parts = partsOf(day);
    if (parts.month !== month) return make("td", {});
    const classes = ["calendar-day", day === today() ? "today" : "", day === this.chosen ? "chosen" : ""].join(" ").trim();
    const button = make("button", {
      type: "button", class: classes, tabindex: day === this.at ? "0" : "-1", "aria-label": spoken(day),
      "aria-current": day === today() ? "date" : null, onclick: () => this.choose(day),
    }, String(parts.day));
    return make("td", { role: "gridcell", "aria-selected": String(day === this.chosen) }, button);
  }
}

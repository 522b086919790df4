/** datepicker: a date typed in the usual ways, or picked from a small calendar. */

import { make } from "../dom.js";
import { icon } from "../icons.js";
import { plain } from "../text/plain.js";
import { Calendar } from "../widgets/calendar.js";
import { readDay, spoken } from "../widgets/day.js";
import { Popup } from "../widgets/popup.js";

const UNREADABLE = "Enter a date, such as March 5, 2014 or 2014-03-05.";

export function drawDatepicker(field) {
  const words = () => (field.value ? spoken(field.value) : "");
  const control = make("input", {
    type: "text", id: field.id, class: "text-control", autocomplete: "off",
    placeholder: plain(field.element.placeholder) || "Select a date",
    "aria-required": field.inInput && !field.optional ? "true" : null,
    ...field.naming("Date"),
  });
  const button = make("button", { type: "button", class: "date-button", "aria-label": "Open the calendar", "aria-expanded": "false" }, icon("calendar"));
  const box = make("div", { class: "text-field date-field" }, control, button);

  const take = async (day) => {
    if (day === field.value) return;
    if (!(await field.choose(day))) control.value = words();
  };
  const calendar = new Calendar({
    choose: (day) => {
      control.value = spoken(day);
      popup.hide();
      control.focus();
      take(day);
    },
    leave: () => {
      popup.hide();
      button.focus();
    },
  });
  const popup = new Popup({ node: calendar.node, anchor: box, fit: "content", onHide: () => button.setAttribute("aria-expanded", "false") });

  const open = () => {
    calendar.open(readDay(control.value));
    popup.show();
    button.setAttribute("aria-expanded", "true");
    calendar.focus();
  };
  control.value = words();
  control.addEventListener("input", () => {
    const day = readDay(control.value);
    if (!field.dispatches) field.value = day;
  });
  control.addEventListener("change", () => {
    const day = readDay(control.value);
    if (day) control.value = spoken(day);
    if (day || control.value.trim() === "") take(day);
  });
  control.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    open();
  });
  button.addEventListener("click", () => (popup.shown ? popup.hide() : open()));
  calendar.node.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !calendar.node.contains(event.relatedTarget)) popup.hide();
  });
  const complaint = () => (control.value.trim() !== "" && !readDay(control.value) ? UNREADABLE : null);
  return { node: make("div", { class: "date-place" }, box, calendar.node), control, complaint };
}

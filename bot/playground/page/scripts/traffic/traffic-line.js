/** One line of the traffic: when, what, how it went; opened, it shows the JSON as it passed. */

import { make } from "../dom.js";

const CLOCK = new Intl.DateTimeFormat("en-US", { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hourCycle: "h23" });
const LONGEST = 60000; // characters of JSON that are shown

export function drawLine(told) {
  const { kind, group, name, about, trouble, ordered, isSlow } = told;
  const marks = [
    ordered ? make("span", { class: "traffic-ordered" }, `ordered: ${ordered}`) : null,
    trouble ? make("span", { class: "traffic-trouble" }, trouble) : null,
  ];
  const summary = make("summary", { class: "traffic-summary" },
    make("span", { class: `traffic-kind traffic-kind-${group}` }, kind),
    make("span", { class: "traffic-name" }, name),
    make("span", { class: isSlow ? "traffic-took slow" : "traffic-took" }, duration(told.took)),
    make("span", { class: "traffic-about", dir: "auto" }, about),
    marks.some(Boolean) ? make("span", { class: "traffic-marks" }, marks) : null,
    make("time", { class: "traffic-at", datetime: told.at.toISOString() }, CLOCK.format(told.at)));
  const details = make("details", { class: "traffic-details" }, summary);
  // Most lines are never opened.
  details.addEventListener("toggle", () => details.append(...told.parts.flatMap(drawPart)), { once: true });
  return make("li", { class: trouble ? "traffic-line has-trouble" : "traffic-line" }, details);
}

function drawPart([heading, value]) {
  const text = JSON.stringify(value, null, 2);
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… ${text.length - LONGEST} more characters` : text;
  return [make("h3", { class: "traffic-part" }, heading), make("pre", { class: "traffic-json", tabindex: "0", "aria-label": heading }, shown)];
}

function duration(ms) {
  if (ms === null || ms === undefined) return "";
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

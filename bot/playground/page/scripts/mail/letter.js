/** One mail as its recipient sees it. Its HTML stands in a frame of its own, without scripts and without loading anything. */

import { make } from "../dom.js";
import { icon } from "../icons.js";
import { when } from "./mailbox-line.js";

const LEAST_HEIGHT = 80;

export function drawLetter(letter, { isOpen, stop }) {
  const body = make("div", { class: "letter-body" });
  const details = make("details", { class: "letter", open: isOpen },
    make("summary", { class: "letter-head" }, make("span", { class: "letter-subject", dir: "auto" }, letter.subject), make("span", { class: "letter-when" }, when(letter.arrived_at))),
    make("dl", { class: "letter-lines" }, line("From", letter.sender), line("To", letter.to), letter.cc ? line("Cc", letter.cc) : null),
    letter.stops_with ? stopping(letter, stop) : null,
    body,
    letter.attachments.length ? make("ul", { class: "letter-files", "aria-label": "Attachments" }, letter.attachments.map((name) => make("li", { dir: "auto" }, icon("file"), name))) : null);
  const fill = () => {
    if (details.open && !body.hasChildNodes()) fillBody(body, letter);
  };
  details.addEventListener("toggle", fill);
  fill();
  return details;
}

/** What a mail program offers by itself where a sender says how to stop. */
function stopping(letter, stop) {
  const said = make("p", { class: "letter-stopped", role: "status" });
  const button = make("button", { type: "button", class: "button letter-stop", onclick: async () => {
    button.setAttribute("aria-busy", "true");
    const answer = await stop(letter.id);
    button.removeAttribute("aria-busy");
    said.replaceChildren(icon(answer.ok ? "check" : "warning"), answer.ok ? answer.said : answer.message);
    button.hidden = answer.ok;
  } }, icon("close"), "Stop these e-mails");
  return make("div", { class: "letter-stopping" }, button, said);
}

function line(name, words) {
  return make("div", { class: "letter-line" }, make("dt", {}, name), make("dd", { dir: "auto" }, words));
}

function fillBody(body, letter) {
  const text = make("pre", { class: "letter-text", dir: "auto" }, letter.text.trim());
  if (!letter.html) {
    body.append(text);
    return;
  }
  const frame = make("iframe", { class: "letter-html", title: `${letter.subject}, as it looks`, sandbox: "allow-same-origin", src: `/ui/mail/html?${new URLSearchParams({ id: letter.id })}` });
  frame.addEventListener("load", () => {
    const page = frame.contentDocument?.documentElement;
    if (page) frame.style.height = `${Math.max(LEAST_HEIGHT, page.scrollHeight + 2)}px`;
  });
  text.hidden = true;
  const button = make("button", { type: "button", class: "letter-switch", "aria-pressed": "false", onclick: () => {
    text.hidden = !text.hidden;
    frame.hidden = !text.hidden;
    button.setAttribute("aria-pressed", String(!text.hidden));
  } }, "Plain text");
  body.append(frame, text, ...(letter.text.trim() ? [button] : []));
}

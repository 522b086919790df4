/** One mail as its recipient sees it. Its HTML stands in a frame of its own, without scripts and without loading anything. */

import { make } from "../dom.js";
import { icon } from "../icons.js";
import { when } from "./mailbox-line.js";

const LEAST_HEIGHT = 80;

export function drawLetter(letter, { isOpen }) {
  const body = make("div", { class: "letter-body" });
  const details = make("details", { class: "letter", open: isOpen },
    make("summary", { class: "letter-head" }, make("span", { class: "letter-subject", dir: "auto" }, letter.subject), make("span", { class: "letter-when" }, when(letter.arrived_at))),
    make("dl", { class: "letter-lines" }, line("From", letter.sender), line("To", letter.to), letter.cc ? line("Cc", letter.cc) : null),
    body,
    letter.attachments.length ? make("ul", { class: "letter-files", "aria-label": "Attachments" }, letter.attachments.map((name) => make("li", { dir: "auto" }, icon("file"), name))) : null);
  const fill = () => {
    if (details.open && !body.hasChildNodes()) fillBody(body, letter);
  };
  details.addEventListener("toggle", fill);
  fill();
  return details;
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

/** Slack's confirmation dialog: a title, a question, two answers; Esc means no. */

import { freshId, make } from "./dom.js";
import { trapTab } from "./focus.js";
import { drawText } from "./text/text-object.js";
import { plain } from "./text/plain.js";

/** Asks, and resolves to what the person answered. */
export function askToConfirm(confirm, directory) {
  const titleId = freshId("confirm-title");
  const textId = freshId("confirm-text");
  const style = confirm.style === "danger" ? "button button-danger" : "button button-primary";
  return new Promise((resolve) => {
    const dialog = make("dialog", { class: "modal confirm", role: "alertdialog", "aria-labelledby": titleId, "aria-describedby": textId });
    const answer = (said) => {
      dialog.close();
      dialog.remove();
      resolve(said);
    };
    const deny = make("button", { type: "button", class: "button", onclick: () => answer(false) }, plain(confirm.deny));
    const agree = make("button", { type: "button", class: style, onclick: () => answer(true) }, plain(confirm.confirm));
    dialog.append(
      make("h2", { class: "modal-title", id: titleId, dir: "auto" }, plain(confirm.title)),
      drawText("p", { class: "confirm-text", id: textId }, confirm.text, directory),
      make("div", { class: "modal-foot" }, deny, agree),
    );
    dialog.addEventListener("keydown", (event) => {
      trapTab(event, dialog);
      if (event.key !== "Escape") return;
      event.preventDefault();
      answer(false);
    });
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      answer(false);
    });
    document.body.append(dialog);
    dialog.showModal();
    agree.focus();
  });
}

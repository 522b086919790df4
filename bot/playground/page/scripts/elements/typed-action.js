/** When a text input sends its value at once: on Enter, at each character, or never (dispatch_action_config). */

const CHARACTER_PAUSE = 150; // milliseconds after the last key, so that a word is one action and not seven

export function sendWhileTyping(field, control) {
  if (!field.dispatches) return;
  const triggers = field.element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let timer = 0;
  const send = () => {
    clearTimeout(timer);
    field.send(field.value);
  };
  if (triggers.includes("on_enter_pressed")) {
    control.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      send();
    });
  }
  if (triggers.includes("on_character_entered")) {
    control.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(send, CHARACTER_PAUSE);
    });
  }
}

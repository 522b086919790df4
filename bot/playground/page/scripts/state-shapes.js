/** How each element that holds a value writes it in `view.state.values`, and what it holds at first. */

const text = { key: "value", initial: (element) => element.initial_value ?? null };
const option = { key: "selected_option", initial: (element) => element.initial_option ?? null };
const options = { key: "selected_options", initial: (element) => element.initial_options ?? [] };

const SHAPES = {
  plain_text_input: text,
  email_text_input: text,
  number_input: text,
  static_select: option,
  external_select: option,
  radio_buttons: option,
  multi_static_select: options,
  checkboxes: options,
  datepicker: { key: "selected_date", initial: (element) => element.initial_date ?? null },
  multi_users_select: { key: "selected_users", initial: (element) => element.initial_users ?? [] },
  users_select: { key: "selected_user", initial: (element) => element.initial_user ?? null },
};

export function shapeOf(type) {
  return SHAPES[type] ?? null;
}

const OFFERED = new Set(["static_select", "radio_buttons", "multi_static_select", "checkboxes"]);

/** Every option of a select, in groups or not. */
function optionsOf({ options, option_groups: groups }) {
  return options ?? (groups ?? []).flatMap((group) => group.options);
}

/**
 * The value as the element can hold it now: of what was chosen, only what is still offered, in today's words.
 * Undefined where nothing of it fits, as the local Slack sees it too.
 */
export function fitting(element, value) {
  if (!OFFERED.has(element.type)) return value;
  const offered = optionsOf(element);
  if (Array.isArray(value)) return offered.filter((one) => value.some((chosen) => chosen.value === one.value));
  if (value === null) return null;
  return offered.find((one) => one.value === value.value);
}

/** Every element of these blocks that holds a value, with its block. */
export function statefulElements(blocks) {
  return blocks
    .flatMap((block) => [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])].map((element) => ({ block, element })))
    .filter(({ element }) => element && shapeOf(element.type));
}

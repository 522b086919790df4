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
  users_select: { key: "selected_user", initial: (element) => element.initial_user ?? null },
};

export function shapeOf(type) {
  return SHAPES[type] ?? null;
}

/** Every element of these blocks that holds a value, with its block. */
export function statefulElements(blocks) {
  return blocks
    .flatMap((block) => [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])].map((element) => ({ block, element })))
    .filter(({ element }) => element && shapeOf(element.type));
}

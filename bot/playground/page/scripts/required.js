/** What Slack's client checks by itself before a modal is sent: required, e-mail, lengths, numbers. */

const REQUIRED = "Please complete this required field.";
const EMAIL = /^[^\s@"(),:;<>[\\\]]+@[^\s@"(),:;<>[\\\].]+(\.[^\s@"(),:;<>[\\\].]+)+$/u;
const WHOLE = /^-?\d+$/;
const DECIMAL = /^-?(\d+(\.\d+)?|\.\d+)$/;

/** The sentence to stand under the field, or null where all is well. */
export function complaintOf(field) {
  const { element, value, optional } = field;
  const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (empty || (typeof value === "string" && value.trim() === "" && !optional)) return optional && empty ? null : REQUIRED;
  if (element.type === "email_text_input") return EMAIL.test(value) ? null : "Please enter a valid email address.";
  if (element.type === "number_input") return numberComplaint(element, value);
  if (element.type === "plain_text_input") return lengthComplaint(element, value);
  return null;
}

function lengthComplaint(element, value) {
  const length = [...value].length;
  if (element.min_length && length < element.min_length) return `Please enter at least ${element.min_length} characters.`;
  if (element.max_length && length > element.max_length) return `Please enter no more than ${element.max_length} characters.`;
  return null;
}

function numberComplaint(element, value) {
  if (!DECIMAL.test(value)) return "Please enter a number.";
  if (!element.is_decimal_allowed && !WHOLE.test(value)) return "Please enter a whole number.";
  if (element.min_value !== undefined && Number(value) < Number(element.min_value)) return `Please enter a number no lower than ${element.min_value}.`;
  if (element.max_value !== undefined && Number(value) > Number(element.max_value)) return `Please enter a number no higher than ${element.max_value}.`;
  return null;
}

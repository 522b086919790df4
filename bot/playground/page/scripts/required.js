/** What Slack's client checks by itself before a modal is sent: required, e-mail, lengths, numbers. */

const REQUIRED = "Please complete this required field.";
const EMAIL = /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/u;
const WHOLE = /^-?\d+$/;
const DECIMAL = /^-?(\d+(\.\d+)?|\.\d+)$/;

/** The sentence to stand under the field, or null where all is well. */
export function complaintOf(field) {
  const { element, value, optional } = field;
  const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (empty || (typeof value === "string" && value.trim() === "")) return optional ? null : REQUIRED;
  if (element.type === "email_text_input") return EMAIL.test(value.trim()) ? null : "Enter an e-mail address, such as name@example.com.";
  if (element.type === "number_input") return numberComplaint(element, value);
  if (element.type === "plain_text_input") return lengthComplaint(element, value);
  return null;
}

function lengthComplaint(element, value) {
  const length = [...value].length;
  if (element.min_length && length < element.min_length) return `Enter at least ${element.min_length} characters.`;
  if (element.max_length && length > element.max_length) return `Enter at most ${element.max_length} characters.`;
  return null;
}

function numberComplaint(element, value) {
  if (!DECIMAL.test(value)) return "Enter a number.";
  if (!element.is_decimal_allowed && !WHOLE.test(value)) return "Enter a whole number.";
  if (element.min_value !== undefined && Number(value) < Number(element.min_value)) return `Enter a number of ${element.min_value} or more.`;
  if (element.max_value !== undefined && Number(value) > Number(element.max_value)) return `Enter a number of ${element.max_value} or less.`;
  return null;
}

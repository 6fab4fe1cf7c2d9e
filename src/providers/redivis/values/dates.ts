const dayForm = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const timeForm = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d{1,6})?$/;
const dateTimeForm = /^([\d-]+)(?:[ T]([\d:.]+))?$/;

/** `YYYY-MM-DD` of a day that the calendar has; undefined for any other text. */
export function toDate(text: string): string | undefined {
  const [, year = "", month = "", day = ""] = dayForm.exec(text) ?? [];
  const isReal = Number(year) >= 1 && Number(day) >= 1 && Number(day) <= daysOf(Number(year), Number(month));
  return isReal ? `${year}-${pad(month)}-${pad(day)}` : undefined;
}

/** `HH:MM:SS` with its fraction unchanged. */
export function toTime(text: string): string | undefined {
  const [, hours = "", minutes = "", seconds = "", fraction = ""] = timeForm.exec(text) ?? [];
  const isReal = hours !== "" && Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  return isReal ? `${pad(hours)}:${pad(minutes)}:${pad(seconds)}${fraction}` : undefined;
}

/** `YYYY-MM-DDTHH:MM:SS` with its fraction unchanged; a day alone means its midnight. */
export function toDateTimeText(text: string): string | undefined {
  const [, day = "", time = "00:00:00"] = dateTimeForm.exec(text) ?? [];
  const parts = [toDate(day), toTime(time)];
  return parts.includes(undefined) ? undefined : parts.join("T");
}

const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysOf(year: number, month: number): number {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeapYear ? 29 : (daysOfMonths[month - 1] ?? 0);
}

function pad(digits: string): string {
  return digits.padStart(2, "0");
}

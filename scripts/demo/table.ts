import type { RemoteRow } from "./remote-scenes.js";
import type { Row } from "./scenes.js";

/** Colours a cell, or leaves it unchanged. */
export type Paint = (text: string, style: "good" | "bad" | "quiet" | "strong") => string;

interface Column<Shown> {
  readonly title: string;
  readonly cell: (row: Shown) => string;
  /** The smallest width that the column is wrapped to, in terminal cells. */
  readonly least: number;
}

type CommonRow = Row | RemoteRow;

const firstColumns: readonly Column<CommonRow>[] = [
  { title: "", cell: (row) => (row.asDocumented ? "✓" : "✗"), least: 1 },
  { title: "provider", cell: (row) => row.provider, least: 8 },
  { title: "operation", cell: (row) => row.operation, least: 14 },
  { title: "sent", cell: (row) => row.sent, least: 10 },
  { title: "answer", cell: (row) => row.answer, least: 12 },
  { title: "code", cell: (row) => row.code, least: 6 },
];
const resendColumn: Column<CommonRow> = { title: "resend?", cell: (row) => (row.resend ? "yes" : "no"), least: 7 };

export const embeddedColumns: readonly Column<Row>[] = [
  ...firstColumns,
  { title: "record, field", cell: (row) => row.place, least: 9 },
  resendColumn,
];
export const remoteColumns: readonly Column<RemoteRow>[] = [
  ...firstColumns,
  { title: "outcome", cell: (row) => row.outcome, least: 11 },
  { title: "requests", cell: (row) => String(row.requests), least: 8 },
  resendColumn,
];
const gap = "  ";

interface Shape<Shown> {
  readonly columns: readonly Column<Shown>[];
  /** In terminal cells. */
  readonly width: number;
  readonly paint: Paint;
}

/** A table of the given width in terminal cells, or one block per row when the width is too small for a table. */
export function renderTable<Shown extends CommonRow>(rows: readonly Shown[], shape: Shape<Shown>): string {
  const { columns, paint } = shape;
  const widths = fitWidths(rows, shape);
  if (widths === undefined) return renderBlocks(rows, shape);
  const titles = columns.map(({ title }) => title);
  const lines = [
    ...renderLine(titles, widths).map((line) => paint(line, "strong")),
    paint(widths.map((each) => "─".repeat(each)).join(gap), "quiet"),
    ...rows.flatMap((row) =>
      renderLine(
        columns.map(({ cell }) => cell(row)),
        widths,
      ).map((line) => paintLine(line, row, paint)),
    ),
  ];
  return lines.join("\n");
}

/** Undefined when the columns do not fit. The widest column shrinks first. */
function fitWidths<Shown>(rows: readonly Shown[], { columns, width }: Shape<Shown>): readonly number[] | undefined {
  const widths = columns.map(({ title, cell }) => Math.max(...[title, ...rows.map(cell)].map(displayWidth)));
  const total = (): number => widths.reduce((sum, each) => sum + each, gap.length * (widths.length - 1));
  while (total() > width) {
    const shrinkable = columns
      .map(({ least }, index) => ({ index, room: (widths[index] ?? 0) - least }))
      .filter(({ room }) => room > 0);
    const widest = shrinkable.sort((a, b) => (widths[b.index] ?? 0) - (widths[a.index] ?? 0))[0];
    if (widest === undefined) return undefined;
    widths[widest.index] = (widths[widest.index] ?? 0) - 1;
  }
  return widths;
}

function renderLine(cells: readonly string[], widths: readonly number[]): readonly string[] {
  const wrapped = cells.map((cell, index) => wrap(cell, widths[index] ?? 0));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, index) => pad(lines[line] ?? "", widths[index] ?? 0))
      .join(gap)
      .trimEnd(),
  );
}

function paintLine(line: string, row: CommonRow, paint: Paint): string {
  return line
    .replace(/^[✓✗]/, (mark) => paint(mark, row.asDocumented ? "good" : "bad"))
    .replace(/\bWrite\w+Error\b/, (type) => paint(type, "strong"));
}

function renderBlocks<Shown extends CommonRow>(rows: readonly Shown[], { columns, paint }: Shape<Shown>): string {
  const blocks = rows.map((row) => {
    const [mark = "", ...cells] = columns.map(({ cell }) => cell(row));
    const told = cells
      .map((cell, index) => (cell === "" ? [] : `  ${columns[index + 1]?.title ?? ""}: ${cell}`))
      .flat();
    return [paintLine(`${mark} ${cells[0] ?? ""}`, row, paint), ...told.slice(1)].join("\n");
  });
  return blocks.join("\n");
}

/** Breaks between words, before a capital in a long name, or anywhere. */
function wrap(text: string, width: number): readonly string[] {
  const lines = [""];
  for (const piece of text.split(/(?<=[ ,])|(?<=[a-z])(?=[A-Z])/)) {
    for (const part of displayWidth(piece.trimEnd()) > width ? Array.from(piece) : [piece]) {
      const line = lines.at(-1) ?? "";
      if (displayWidth((line + part).trimEnd()) <= width) lines[lines.length - 1] = line + part;
      else lines.push(part);
    }
  }
  return lines.map((line) => line.trimEnd());
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Chinese, Japanese and Korean characters take two cells of a terminal. */
function displayWidth(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0);
}

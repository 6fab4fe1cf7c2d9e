import type { OpenKeys } from "./keys-command.js";

interface CommandLineOptions {
  readonly version: string;
  /** The variables that `--help` lists, with their descriptions. */
  readonly readSettings: () => Promise<readonly { readonly name: string; readonly description: string }[]>;
  /** Starts the server, which then runs until a signal stops it. */
  readonly serve: () => Promise<void>;
  readonly openKeys: OpenKeys;
}

/**
 * Runs the command that the arguments name; without arguments the server starts.
 */
export async function runCommandLine(
  words: readonly string[],
  { version, readSettings, serve, openKeys }: CommandLineOptions,
): Promise<void> {
  const [name = "serve", ...rest] = words;
  // The usual start does not load the parser.
  if (name === "serve" && rest.length === 0) return serve();
  const [{ Command }, { addKeysCommand }, settings] = await Promise.all([
    import("commander"),
    import("./keys-command.js"),
    readSettings(),
  ]);
  const program = new Command("recordgate")
    .description("One GraphQL endpoint that writes records to five services, embedded or remote.")
    .usage("[command]")
    .version(version)
    // Prints an error on one line; commands inherit this setting.
    .configureOutput({ outputError: (text, write) => write(`${toOneLine(text)}\n`) })
    .addHelpText("after", `\nSettings are environment variables:\n${toTable(settings)}\n`);
  program.command("serve").description("start the server; the default").action(serve);
  addKeysCommand(program, openKeys);
  await program.parseAsync([...words], { from: "user" });
}

function toOneLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "").join(" ");
}

function toTable(settings: readonly { readonly name: string; readonly description: string }[]): string {
  const width = Math.max(0, ...settings.map(({ name }) => name.length));
  return settings
    .map(({ name, description }) => `  ${name.padEnd(width)}  ${description.replaceAll("`", "")}`)
    .join("\n");
}

interface CommandLineOptions {
  readonly version: string;
  /** The variables that `--help` lists, with their descriptions. */
  readonly readSettings: () => Promise<readonly { readonly name: string; readonly description: string }[]>;
  /** Starts the server, which then runs until a signal stops it. */
  readonly serve: () => Promise<void>;
}

/**
 * Runs the command that the arguments name; without arguments the server starts. A further command is one more
 * `program.command(…)` here; a group of commands is `program.command("keys")` and then `.command("list")` on it.
 */
export async function runCommandLine(
  words: readonly string[],
  { version, readSettings, serve }: CommandLineOptions,
): Promise<void> {
  const [name = "serve", ...rest] = words;
  // The usual start does not load the parser.
  if (name === "serve" && rest.length === 0) return serve();
  const [{ Command }, settings] = await Promise.all([import("commander"), readSettings()]);
  const program = new Command("recordgate")
    .description("One GraphQL endpoint that writes records to five services, embedded or remote.")
    .usage("[command]")
    .version(version)
    // Prints an error on one line; commands inherit this setting.
    .configureOutput({ outputError: (text, write) => write(`${toOneLine(text)}\n`) })
    .addHelpText("after", `\nSettings are environment variables:\n${toTable(settings)}\n`);
  program.command("serve").description("start the server; the default").action(serve);
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

/** The part of the global that `schema-engine.ts` uses: Node has it, but only the browser's types declare it. */
declare namespace WebAssembly {
  type Exports = Record<string, unknown>;
  interface Module {
    readonly kind?: "module";
  }
  interface Instance {
    readonly exports: Exports;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports: Record<string, object>): Promise<Instance>;
}

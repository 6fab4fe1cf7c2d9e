/** What `schema-engine.ts` needs of the global that Node has and its type package leaves to the browser's. */
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
